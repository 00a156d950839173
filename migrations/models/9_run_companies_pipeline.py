from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE = {
    "sqlite": """CREATE TABLE IF NOT EXISTS "company_alert_states" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "epoch" CHAR(36) NOT NULL,
    "sequence" BIGINT NOT NULL
) /* One row: how many alerts there were.  Whoever raises one holds this row's lock. */;
CREATE TABLE IF NOT EXISTS "company_correction_rules" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) NOT NULL UNIQUE /* REQUIRED: REQUIRED\nMISSING: MISSING\nWORD_FOR_NOTHING: WORD_FOR_NOTHING\nTYPE: TYPE\nFORMAT: FORMAT\nPATTERN: PATTERN\nENUMERATION: ENUMERATION\nRANGE: RANGE\nSCALE: SCALE\nCOLUMN_UNIT: COLUMN_UNIT\nSIGN: SIGN\nSWAPPED: SWAPPED\nCHANGE: CHANGE\nCONSISTENCY: CONSISTENCY\nOUTLIER: OUTLIER\nDUPLICATE: DUPLICATE\nCONFLICT: CONFLICT\nSTALE: STALE */,
    "least_confidence" REAL NOT NULL,
    "is_enabled" INT NOT NULL,
    "changed_by" CHAR(36),
    "changed_at" TIMESTAMP NOT NULL
) /* Corrections of one kind that are applied without anybody's word, from a confidence on. */;
CREATE TABLE IF NOT EXISTS "company_runs" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "state" VARCHAR(40) NOT NULL /* QUEUED: QUEUED\nREADING: READING\nCHECKING: CHECKING\nGATE_BLOCKED: GATE_BLOCKED\nGATE_PASSED: GATE_PASSED\nPUBLISHED: PUBLISHED\nROLLED_BACK: ROLLED_BACK\nFAILED: FAILED */,
    "version" INT NOT NULL,
    "source" VARCHAR(120) NOT NULL,
    "file_name" VARCHAR(255) NOT NULL,
    "file_sha256" VARCHAR(64) NOT NULL,
    "file_size" INT NOT NULL,
    "rows" INT,
    "as_of" DATE NOT NULL,
    "publish_when_passed" INT NOT NULL,
    "idempotency_key" VARCHAR(200),
    "requested_by" CHAR(36),
    "job_id" CHAR(36),
    "attempts" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "started_at" TIMESTAMP,
    "finished_at" TIMESTAMP,
    "fault_code" VARCHAR(40),
    "fault_message" TEXT,
    "report" TEXT,
    "gate" TEXT,
    "gate_passed" INT,
    "quality_score" REAL,
    "schema_coverage" REAL,
    "data_completeness" REAL,
    "validation_success" REAL,
    "format_issue_share" REAL,
    "findings_left_out" INT NOT NULL,
    "proposals_left_out" INT NOT NULL,
    "publication_id" CHAR(36),
    "published_by" CHAR(36),
    "published_at" TIMESTAMP,
    "published_companies" INT,
    "override_reason" TEXT,
    "rolled_back_by" CHAR(36),
    "rolled_back_at" TIMESTAMP,
    "rolled_back_reason" TEXT,
    CONSTRAINT "uid_company_run_request_fe70dc" UNIQUE ("requested_by", "idempotency_key")
) /* One file on its way to being known. */;
CREATE INDEX IF NOT EXISTS "idx_company_run_state_6744b0" ON "company_runs" ("state");
CREATE INDEX IF NOT EXISTS "idx_company_run_source_0b2fa2" ON "company_runs" ("source", "id");
CREATE INDEX IF NOT EXISTS "idx_company_run_as_of_3beb30" ON "company_runs" ("as_of");
CREATE TABLE IF NOT EXISTS "company_correction_batches" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) NOT NULL /* APPROVE: APPROVE\nREJECT: REJECT\nRULES: RULES\nROLL_BACK: ROLL_BACK */,
    "corrections" INT NOT NULL,
    "reason" TEXT,
    "decided_by" CHAR(36),
    "decided_at" TIMESTAMP NOT NULL,
    "publication_id" CHAR(36),
    "rolled_back_at" TIMESTAMP,
    "run_id" CHAR(36) NOT NULL REFERENCES "company_runs" ("id") ON DELETE RESTRICT
) /* Corrections of a run that were decided together: what was said of them, by whom, when and why. */;
CREATE INDEX IF NOT EXISTS "idx_company_cor_run_id_594dbe" ON "company_correction_batches" ("run_id");
CREATE TABLE IF NOT EXISTS "company_alerts" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "sequence" BIGINT NOT NULL UNIQUE,
    "rule" VARCHAR(40) NOT NULL /* COVERAGE: COVERAGE\nRUN_FAILED: RUN_FAILED\nFORMAT_ISSUES: FORMAT_ISSUES\nSLOW_RUN: SLOW_RUN */,
    "severity" VARCHAR(40) NOT NULL /* CRITICAL: CRITICAL\nHIGH: HIGH\nMEDIUM: MEDIUM */,
    "message" TEXT NOT NULL,
    "raised_at" TIMESTAMP NOT NULL,
    "run_id" CHAR(36) NOT NULL REFERENCES "company_runs" ("id") ON DELETE RESTRICT
) /* Something about the data that an administrator should see. */;
CREATE TABLE IF NOT EXISTS "company_run_corrections" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) NOT NULL /* REQUIRED: REQUIRED\nMISSING: MISSING\nWORD_FOR_NOTHING: WORD_FOR_NOTHING\nTYPE: TYPE\nFORMAT: FORMAT\nPATTERN: PATTERN\nENUMERATION: ENUMERATION\nRANGE: RANGE\nSCALE: SCALE\nCOLUMN_UNIT: COLUMN_UNIT\nSIGN: SIGN\nSWAPPED: SWAPPED\nCHANGE: CHANGE\nCONSISTENCY: CONSISTENCY\nOUTLIER: OUTLIER\nDUPLICATE: DUPLICATE\nCONFLICT: CONFLICT\nSTALE: STALE */,
    "ticker" VARCHAR(40),
    "row" INT,
    "field" VARCHAR(40) NOT NULL,
    "other" VARCHAR(40),
    "written" VARCHAR(200) NOT NULL,
    "before" VARCHAR(200),
    "after" TEXT NOT NULL,
    "drops_row" INT NOT NULL,
    "reason" VARCHAR(200) NOT NULL,
    "confidence" REAL NOT NULL,
    "state" VARCHAR(40) NOT NULL /* PENDING: PENDING\nAPPROVED: APPROVED\nREJECTED: REJECTED\nROLLED_BACK: ROLLED_BACK\nAPPLIED_BY_RULE: APPLIED_BY_RULE\nSUPERSEDED: SUPERSEDED */,
    "batch_id" CHAR(36),
    "rule_id" CHAR(36),
    "proposed_at" TIMESTAMP NOT NULL,
    "decided_at" TIMESTAMP,
    "run_id" CHAR(36) NOT NULL REFERENCES "company_runs" ("id") ON DELETE RESTRICT
) /* A correction that a check has proposed. */;
CREATE INDEX IF NOT EXISTS "idx_company_run_batch_i_1036d3" ON "company_run_corrections" ("batch_id");
CREATE INDEX IF NOT EXISTS "idx_company_run_run_id_edbad9" ON "company_run_corrections" ("run_id", "state");
CREATE INDEX IF NOT EXISTS "idx_company_run_run_id_59dc60" ON "company_run_corrections" ("run_id", "id");
CREATE TABLE IF NOT EXISTS "company_run_findings" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "place" INT NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* REQUIRED: REQUIRED\nMISSING: MISSING\nWORD_FOR_NOTHING: WORD_FOR_NOTHING\nTYPE: TYPE\nFORMAT: FORMAT\nPATTERN: PATTERN\nENUMERATION: ENUMERATION\nRANGE: RANGE\nSCALE: SCALE\nCOLUMN_UNIT: COLUMN_UNIT\nSIGN: SIGN\nSWAPPED: SWAPPED\nCHANGE: CHANGE\nCONSISTENCY: CONSISTENCY\nOUTLIER: OUTLIER\nDUPLICATE: DUPLICATE\nCONFLICT: CONFLICT\nSTALE: STALE */,
    "severity" VARCHAR(40) NOT NULL /* ERROR: ERROR\nWARNING: WARNING\nNOTICE: NOTICE */,
    "ticker" VARCHAR(40),
    "row" INT,
    "field" VARCHAR(40) NOT NULL,
    "seen" VARCHAR(200) NOT NULL,
    "expected" VARCHAR(200) NOT NULL,
    "confidence" REAL NOT NULL,
    "run_id" CHAR(36) NOT NULL REFERENCES "company_runs" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_company_run_run_id_d1f9c4" UNIQUE ("run_id", "place")
) /* One thing that a check says of a run's table as it stands, in the order of its gravity; the first 2,000. */;
CREATE TABLE IF NOT EXISTS "company_run_tables" (
    "content" BLOB NOT NULL,
    "run_id" CHAR(36) NOT NULL PRIMARY KEY REFERENCES "company_runs" ("id") ON DELETE RESTRICT
) /* A run's file as it was read, compressed; never updated. */;""",
    "postgres": """CREATE TABLE IF NOT EXISTS "company_alert_states" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "epoch" UUID NOT NULL,
    "sequence" BIGINT NOT NULL
);
COMMENT ON TABLE "company_alert_states" IS 'One row: how many alerts there were.  Whoever raises one holds this row''s lock.';
CREATE TABLE IF NOT EXISTS "company_correction_rules" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL UNIQUE,
    "least_confidence" DOUBLE PRECISION NOT NULL,
    "is_enabled" BOOL NOT NULL,
    "changed_by" UUID,
    "changed_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON COLUMN "company_correction_rules"."kind" IS 'REQUIRED: REQUIRED\nMISSING: MISSING\nWORD_FOR_NOTHING: WORD_FOR_NOTHING\nTYPE: TYPE\nFORMAT: FORMAT\nPATTERN: PATTERN\nENUMERATION: ENUMERATION\nRANGE: RANGE\nSCALE: SCALE\nCOLUMN_UNIT: COLUMN_UNIT\nSIGN: SIGN\nSWAPPED: SWAPPED\nCHANGE: CHANGE\nCONSISTENCY: CONSISTENCY\nOUTLIER: OUTLIER\nDUPLICATE: DUPLICATE\nCONFLICT: CONFLICT\nSTALE: STALE';
COMMENT ON TABLE "company_correction_rules" IS 'Corrections of one kind that are applied without anybody''s word, from a confidence on.';
CREATE TABLE IF NOT EXISTS "company_runs" (
    "id" UUID NOT NULL PRIMARY KEY,
    "state" VARCHAR(40) COLLATE "C" NOT NULL,
    "version" INT NOT NULL,
    "source" VARCHAR(120) COLLATE "C" NOT NULL,
    "file_name" VARCHAR(255) COLLATE "C" NOT NULL,
    "file_sha256" VARCHAR(64) COLLATE "C" NOT NULL,
    "file_size" INT NOT NULL,
    "rows" INT,
    "as_of" DATE NOT NULL,
    "publish_when_passed" BOOL NOT NULL,
    "idempotency_key" VARCHAR(200) COLLATE "C",
    "requested_by" UUID,
    "job_id" UUID,
    "attempts" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "started_at" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ,
    "fault_code" VARCHAR(40) COLLATE "C",
    "fault_message" TEXT,
    "report" TEXT,
    "gate" TEXT,
    "gate_passed" BOOL,
    "quality_score" DOUBLE PRECISION,
    "schema_coverage" DOUBLE PRECISION,
    "data_completeness" DOUBLE PRECISION,
    "validation_success" DOUBLE PRECISION,
    "format_issue_share" DOUBLE PRECISION,
    "findings_left_out" INT NOT NULL,
    "proposals_left_out" INT NOT NULL,
    "publication_id" UUID,
    "published_by" UUID,
    "published_at" TIMESTAMPTZ,
    "published_companies" INT,
    "override_reason" TEXT,
    "rolled_back_by" UUID,
    "rolled_back_at" TIMESTAMPTZ,
    "rolled_back_reason" TEXT,
    CONSTRAINT "uid_company_run_request_fe70dc" UNIQUE ("requested_by", "idempotency_key")
);
CREATE INDEX IF NOT EXISTS "idx_company_run_state_6744b0" ON "company_runs" ("state");
CREATE INDEX IF NOT EXISTS "idx_company_run_source_0b2fa2" ON "company_runs" ("source", "id");
CREATE INDEX IF NOT EXISTS "idx_company_run_as_of_3beb30" ON "company_runs" ("as_of");
COMMENT ON COLUMN "company_runs"."state" IS 'QUEUED: QUEUED\nREADING: READING\nCHECKING: CHECKING\nGATE_BLOCKED: GATE_BLOCKED\nGATE_PASSED: GATE_PASSED\nPUBLISHED: PUBLISHED\nROLLED_BACK: ROLLED_BACK\nFAILED: FAILED';
COMMENT ON TABLE "company_runs" IS 'One file on its way to being known.';
CREATE TABLE IF NOT EXISTS "company_correction_batches" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "corrections" INT NOT NULL,
    "reason" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ NOT NULL,
    "publication_id" UUID,
    "rolled_back_at" TIMESTAMPTZ,
    "run_id" UUID NOT NULL REFERENCES "company_runs" ("id") ON DELETE RESTRICT
);
CREATE INDEX IF NOT EXISTS "idx_company_cor_run_id_594dbe" ON "company_correction_batches" ("run_id");
COMMENT ON COLUMN "company_correction_batches"."kind" IS 'APPROVE: APPROVE\nREJECT: REJECT\nRULES: RULES\nROLL_BACK: ROLL_BACK';
COMMENT ON TABLE "company_correction_batches" IS 'Corrections of a run that were decided together: what was said of them, by whom, when and why.';
CREATE TABLE IF NOT EXISTS "company_alerts" (
    "id" UUID NOT NULL PRIMARY KEY,
    "sequence" BIGINT NOT NULL UNIQUE,
    "rule" VARCHAR(40) COLLATE "C" NOT NULL,
    "severity" VARCHAR(40) COLLATE "C" NOT NULL,
    "message" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ NOT NULL,
    "run_id" UUID NOT NULL REFERENCES "company_runs" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "company_alerts"."rule" IS 'COVERAGE: COVERAGE\nRUN_FAILED: RUN_FAILED\nFORMAT_ISSUES: FORMAT_ISSUES\nSLOW_RUN: SLOW_RUN';
COMMENT ON COLUMN "company_alerts"."severity" IS 'CRITICAL: CRITICAL\nHIGH: HIGH\nMEDIUM: MEDIUM';
COMMENT ON TABLE "company_alerts" IS 'Something about the data that an administrator should see.';
CREATE TABLE IF NOT EXISTS "company_run_corrections" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "ticker" VARCHAR(40) COLLATE "C",
    "row" INT,
    "field" VARCHAR(40) COLLATE "C" NOT NULL,
    "other" VARCHAR(40) COLLATE "C",
    "written" VARCHAR(200) COLLATE "C" NOT NULL,
    "before" VARCHAR(200) COLLATE "C",
    "after" TEXT NOT NULL,
    "drops_row" BOOL NOT NULL,
    "reason" VARCHAR(200) COLLATE "C" NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "state" VARCHAR(40) COLLATE "C" NOT NULL,
    "batch_id" UUID,
    "rule_id" UUID,
    "proposed_at" TIMESTAMPTZ NOT NULL,
    "decided_at" TIMESTAMPTZ,
    "run_id" UUID NOT NULL REFERENCES "company_runs" ("id") ON DELETE RESTRICT
);
CREATE INDEX IF NOT EXISTS "idx_company_run_batch_i_1036d3" ON "company_run_corrections" ("batch_id");
CREATE INDEX IF NOT EXISTS "idx_company_run_run_id_edbad9" ON "company_run_corrections" ("run_id", "state");
CREATE INDEX IF NOT EXISTS "idx_company_run_run_id_59dc60" ON "company_run_corrections" ("run_id", "id");
COMMENT ON COLUMN "company_run_corrections"."kind" IS 'REQUIRED: REQUIRED\nMISSING: MISSING\nWORD_FOR_NOTHING: WORD_FOR_NOTHING\nTYPE: TYPE\nFORMAT: FORMAT\nPATTERN: PATTERN\nENUMERATION: ENUMERATION\nRANGE: RANGE\nSCALE: SCALE\nCOLUMN_UNIT: COLUMN_UNIT\nSIGN: SIGN\nSWAPPED: SWAPPED\nCHANGE: CHANGE\nCONSISTENCY: CONSISTENCY\nOUTLIER: OUTLIER\nDUPLICATE: DUPLICATE\nCONFLICT: CONFLICT\nSTALE: STALE';
COMMENT ON COLUMN "company_run_corrections"."state" IS 'PENDING: PENDING\nAPPROVED: APPROVED\nREJECTED: REJECTED\nROLLED_BACK: ROLLED_BACK\nAPPLIED_BY_RULE: APPLIED_BY_RULE\nSUPERSEDED: SUPERSEDED';
COMMENT ON TABLE "company_run_corrections" IS 'A correction that a check has proposed.';
CREATE TABLE IF NOT EXISTS "company_run_findings" (
    "id" UUID NOT NULL PRIMARY KEY,
    "place" INT NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "severity" VARCHAR(40) COLLATE "C" NOT NULL,
    "ticker" VARCHAR(40) COLLATE "C",
    "row" INT,
    "field" VARCHAR(40) COLLATE "C" NOT NULL,
    "seen" VARCHAR(200) COLLATE "C" NOT NULL,
    "expected" VARCHAR(200) COLLATE "C" NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "run_id" UUID NOT NULL REFERENCES "company_runs" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_company_run_run_id_d1f9c4" UNIQUE ("run_id", "place")
);
COMMENT ON COLUMN "company_run_findings"."kind" IS 'REQUIRED: REQUIRED\nMISSING: MISSING\nWORD_FOR_NOTHING: WORD_FOR_NOTHING\nTYPE: TYPE\nFORMAT: FORMAT\nPATTERN: PATTERN\nENUMERATION: ENUMERATION\nRANGE: RANGE\nSCALE: SCALE\nCOLUMN_UNIT: COLUMN_UNIT\nSIGN: SIGN\nSWAPPED: SWAPPED\nCHANGE: CHANGE\nCONSISTENCY: CONSISTENCY\nOUTLIER: OUTLIER\nDUPLICATE: DUPLICATE\nCONFLICT: CONFLICT\nSTALE: STALE';
COMMENT ON COLUMN "company_run_findings"."severity" IS 'ERROR: ERROR\nWARNING: WARNING\nNOTICE: NOTICE';
COMMENT ON TABLE "company_run_findings" IS 'One thing that a check says of a run''s table as it stands, in the order of its gravity; the first 2,000.';
CREATE TABLE IF NOT EXISTS "company_run_tables" (
    "content" BYTEA NOT NULL,
    "run_id" UUID NOT NULL PRIMARY KEY REFERENCES "company_runs" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "company_run_tables" IS 'A run''s file as it was read, compressed; never updated.';""",
}

DOWNGRADE = {
    "sqlite": """DROP TABLE IF EXISTS "company_alert_states";
DROP TABLE IF EXISTS "company_alerts";
DROP TABLE IF EXISTS "company_run_tables";
DROP TABLE IF EXISTS "company_run_findings";
DROP TABLE IF EXISTS "company_run_corrections";
DROP TABLE IF EXISTS "company_correction_batches";
DROP TABLE IF EXISTS "company_correction_rules";
DROP TABLE IF EXISTS "company_runs";""",
    "postgres": """DROP TABLE IF EXISTS "company_alert_states";
DROP TABLE IF EXISTS "company_alerts";
DROP TABLE IF EXISTS "company_run_tables";
DROP TABLE IF EXISTS "company_run_findings";
DROP TABLE IF EXISTS "company_run_corrections";
DROP TABLE IF EXISTS "company_correction_batches";
DROP TABLE IF EXISTS "company_correction_rules";
DROP TABLE IF EXISTS "company_runs";""",
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
    "eJztfW1z4ri27l9R5cvMrmJ3dfdMenrTt24VIU43MwSygUxPn+GU42ARvGNktmWayTl3//"
    "erJfndMtgOEOPoQ4JftGR4JEvrff3v2dIxsU3fdNam5WnEc5/O2uh/z4ixxOxAcreFzozV"
    "KroHFzzj3ubNDWinY9bQwvyOcU8915h57ObcsClml0xMZ6618iyHAMmQYDRbGOSB3du4lu"
    "dhgiyCvAVGjJJQRsxasnPDQ0vDxMjyPiGCv2MXrVem4WGz5Z+yb4PZ6Rt4runM2IMt8nC4"
    "R6yJ9e811j3nAbOeXPagP/+bXbaIif9iP56d/nnGnmQQT7dMIKDr+3/hWXDm4pnjmtjUDe"
    "+M0aXasq/kuLKW8IjVoz63sG0mRkq05dd172nFr93e9i6veEuA5F6fOfZ6SaLWqydv4ZCw"
    "+XptmW+ABu49YIJd+O2xoSNr2/aHOrgkUGAXPHeNw59vRhdMPDfWNkyAs/8zXxMBteksDY"
    "u8ecQuwfYby6RvCN6wn/t//S8aI9L1wXCij7WJrp9lZg98odRo+5dmDoGZZxEPhuJ//yP6"
    "jeDhV8/gAd0vndGPP334GwfEod6Dy29y8M7+wwkNzxCkfFgjzBNDVhT6BNE+RyC4EA1B9M"
    "oFcAaA1QziCNL4xC+KaJzmGYD6E7ZxeMJzM2h2F4abi6ZPkcKSfbkTnJZnS+Mv3cbkwVuw"
    "049vt8D6e2fEkf34liPrsI1LbGsD/857fisJcLCqP7LfVwbmNJ0CuwTY5daHJJVaclOg3u"
    "O54+IsoBP8lycHNKKoNGtPZ6GdaH9MoOclpf+245Pzx+vOHxzb5ZN/pz8cfA6axyZztz+8"
    "SC/Jcw+7ZeAOCRTa5dGOc8/ZNcObXTLkPGuJ5dCnqFMDYPq0b4KDZq0hk961Np50rm8Sg3"
    "LZmWhw531iQIKrP35ILedhJ+hrb/IFwSn6r+FASy9MYbvJf53BdzLWnqMTZ6MbZhyT4HJw"
    "6T8gEM0fY+w5XLg3Zo8bwzX1zB3nvZPXNntr+X6ZvmIQ44EPEqAJ39OXkH917s8kgjNcbm"
    "2TmP/l3JcQlFnrNwjdGUyEXa48eodmzpqNIxdlqWe47NAgJppjMsO0jTYLB80tYtEFpmhj"
    "eQt2Fzm2ySRZsl7esw+LIhfP1zRPbD70A4sI0ew5Hn+zTNZSKi07G/bK+cfsP2/gronusG"
    "+lP2KutBC9KPlZyc+ntxCXYObir0JRROM0Sn5O4llWrFPiXAlxznAf1ksMDyvDDceJGgHz"
    "sVnicEPNTmqNbdMc9h77hgbbPrPCdEB8POjP/nmr3WqXJfc2n6qNxOeUjG4Hg97gcxv5B1"
    "Myvu12Ne0SGoWHU3LV6fXhkvickm5n0NX6/FJ4mGaWirw/Pxd5f37Of39+zrw/37FLpdq9"
    "Hsl5eWIUqfFj3/lQ4/fuUMvTA3yDv79/9/MvP3/86cPPH1kT/i3DK79sQbw3mKTgXLkO7A"
    "SS1ejKdowcRONEKUjnQHUoUN++eXv85ehyeHvR19DNSOv2xr3hICkC8puc1/63bXkcgpHW"
    "6acXfV+WKDFr4yTHm7aHwnff0zYt6RRlVdJ0TdAuJVfc92+LLLmsVe6ay+8l4Z7BtmjrLm"
    "Y/mAIuGcgvHMfGBpGjLiNPIX/P6A81qcMrx104LobDfoKPueilGZXb6wtt9OO7vyUXEMl0"
    "xxS+dQmOMaJowhQ/Nrc4Nyx77WKGp5nDNMpRT9M1AftDC0QBZkvGUBgPpWwyEtImIH7s2T"
    "5zMWBTzVqQJFbGgtoZC+Ij7WuTy49yRKhGuNYjzA0UVd/lJPEeRvqEFtZTG2jGbVOsr4ln"
    "2RVGOkWthrrOQ+1bFyu+1ClqNdR1G+qaWPPHnuNi88riPzpj1I/dbW2z7c9ZixLG/fXKdg"
    "wTOXPkwBnF7huEJguM7p88TJHhYjR31sRk52B/t1w0/tL5+/vzD3LT/fO6K+3dLrPB04XB"
    "+lNGd2V0P0F29zSM7s0ElH9mwMzXNQXtG2EOTumwz8+L6LDPz/N12HAvpeVwCHujPQFUCZ"
    "zTdA3E+10hm8G7LTaDd1mbAbX+R4Jzrr0raH48W9ch4d2zuctnKkrM2oiigfP1w88FpuuH"
    "n3NnK9xSKlAlYR1ZwmKzyPgNS4ONg1utbbIVZ28f8VNB+aqDBAf7A0VAiRhlC2Eyc59WbO"
    "YhJgZhF/HLIgzYYu2wa31n9+aus+T+zha4RLF5CX2yfihmc93Lyl6HfdRuuUwJW0rYqjwC"
    "tZcMNi5bE2ROF/nbf4ykgfv/YXxcFAugWIBDswBdw56txR43WhMZJ5BqsZUhmEVtdXdNym"
    "QfiShbbFteeWjuuDyUyaCPfqgT+16gSQ2PYcFvI8ujyDLZlSfK2luzxRuEBjxRiEg3kpeL"
    "5MAPLBRUlYiJnjnL1Tp6ZwP9bfyyUuIqvuL01uMSnIXKLaDCpw7JqO0//IP1bJFS+tuIQg"
    "FcAGAVn/YiPph81zOtB0wl4kf+5E6RNQL6Q+t6j+5MXzeAjz23nXuK3e+c9y8TAZUmU5Yh"
    "mWUIsweY5cL3YjTHjN57mRm9j/C9lKhYVjeUpFbKIaUckiuHRnjOfshi4jxiqWoocb+1TT"
    "Hkipa6B01LqIV8OsTpWr6XXOAjB7oZUMZ4bJ9sCVUMGHIo9wxEDM8FdvEbhG4pO4UgS9bB"
    "Wuh5DEQXjuuhB/YVsFxBdLxHF1IVYQox476Ii/9aWezLbVcJVWDe9sy3vaip4zBcW742yK"
    "J0XXVFTtCq9bh263FC4I/evfIDnSRWI13rkYYEadWGOUapwhvqPMTJbbWwvjlBpfTNbGfM"
    "cKwZjCUSIWOWrAfyG37iMMezHaUwDWI+op5OE9joavRau8YmZN5SM4sdiGIHfAA6427nUj"
    "v7zwtF4/jYy0JxomHJlwD8X1aC96dsbvzdYqw3JLcE3ntuLC37CVhvw7aT/DkVblxzx7ad"
    "jXDhsiRuYfvpdkqm5C7aye+A84eOMO+QtSdO2A2bSdiln9Cdi7+zHs2gPcWeLxf4X4MAFX"
    "9oYHL2v9fGcR9pYTkBQozKCAnKbqzsxnVYGZ8b/LNiv7ois5agVSx5rfk1f1mtnkk8Sa5G"
    "u9ajrUTt1zLSEXdU6a2OEyuBu84DHeNPi3I+MRLF92wXtQGqPcjZt343pwnpTiE7NqHKSt"
    "gZTiRm0UqCfuHTX/02wsLNOB/vtB2tIbj/55D6CD5HJcqIYO7mayJg+AuqIcbOEt875lNY"
    "RsOY8dobUI4DM1nU5rK8X8YSMnzMHXcpdAB3M4M4xJoZtu63fLC+Y/qJifm8R/atMFoYVK"
    "qnOOJzS+cYAb90pU5Q6oRar0XPVCfwNycL5xaf3oCgcYbz9+dFLOes1ZbUFxmPR9OiK9t4"
    "0sumGEnTNcL78dD5bFcGpRuH7bds1V+UQTtD2EC4DxK5+eCytZUJpK7j5x4riniGUCGuYm"
    "WVAqGEO2TG7PxM0ax5JueDSmUXhjvCK8OSimbRzdY2+ezecHWXtyucV4SRCOlnwwQb4aaP"
    "TbRxHfLA7au+X6ZrPSy4DBU0ueN378TT+KmL0a/j4aCFxPKAPAeJoomyHCPHeqxERvvzDN"
    "KTuDzIyefiY34WPILvv1VOkpeWKPKFtlynGNiqtnod7dqjTnepkkZLsD2ncDjr7sJppxDa"
    "evbldnA50i6vhv3LNoqdTMntoMfI2Cbb/dJGsZMpGd/02Rn02rlhh7yaWvpS0Mo/1b+Oho"
    "PP/W9By9TlKbns/d671AaXoo/LX2/HE+hXenlKrnvjcW/wWb8Z9bpaGyVO02vny0SSBstv"
    "dvLkR9rFaeo8aWobaxdscmVAj9Mo0CuBblDZ5rKlDllI0QjAk0vJeSGR83yLyHkuSSfqrN"
    "1ZKe1VRNFAjPevt3LxzHHN6k4BCWol1ddOqo+PdUaYKSyNpAmVLWO7i0AEWBbm0o4CvURn"
    "pwnvTneBzBRLOA2M2NxnLO7kpfzyu467cgD1zszL8c9PN2ltTeEWNNaNWZjpYLcO5iuoQQ"
    "wEoeUGeUKmZYIOA0JkKdsPMW0hPJ9j1uN3jFhLnlINijuBs/sd/kuHdfguq2PZT7fgsM9l"
    "nDa6YyIiTFLHvUMEbxCbjKwziMu9MzFxlhYR9xzbfIOYYNQb6MOrK66vudZGn7VRG1EHLe"
    "HLCFJ4kANamTveS3iRXZqSaOp8AsM8XYhG2Jgt4Am89SeICF5Z5O/OfI6WzndMWVP2Sutz"
    "V4zAXRAQAFfRvUEtyr5aIIW1g44N3ltrShjvDDHH6G5lPAkAEA9HDjPdPrJVmIA+ysXfLc"
    "qfwL0LKFo4G/YwDxMGMVdqsdnANlJImQvJ8SxvYbJXg5RQSgUCtz8WGaXUn8k7Sj9VE/1U"
    "45Us/nrAP2B1EC96O3zlpyR438Una/Pt+mLY1xmog88aaxg/jZQlkX6kHkqP4PXKjGW+oj"
    "FG8qoVjeFWITEhWQ+5aYISZJVyBNXM/9hPEfSP9+9/+umX929/+vDx/Odffjn/+DbMFZS9"
    "tS1p0EXvM+QNSkzhbCKh2HZcDv8UoRqBqiOQ4EKyY6D9xe5c4pm1NOwcw3q6g/RyIojf+J"
    "2c3rhsW0+0bu+60//x/cfWu7epeurxhTxd117molMAabmHjgI46wz1VHo/jNM8c0M8IXiz"
    "+6HSeB5c4ynksSzEuZtdnOR4+QjfHnaf21sywlBiraZDTpOr0LI665CVveD1jLWyFxwulQ"
    "Jo88rWUY3RPAPQ01kclf2lfvaXzCQ+NsD1nL478Y2/vLUybV1hnDQExK+3thZ9Zy0KOw+z"
    "FthYgpHl32vHA5sSWHuEycTywJ5ETNoOivsEUZesW0KFZkMYVrizr0gEJfqBHrmlx7Nmjz"
    "L34eM8mGersrFBsb4mnmXftaAn9mQbASPTAosQvwFPJshvyitj3yHDhujSpfGEDPM7vCoI"
    "DFZ3HnaXd+jBdTZUhKjyx4kvyp4+JTwuFbrgP2mOGSX7JRDI6ncTBLY6NlRihP7ge7h4Dq"
    "kTn1tk8WUrV9coeG9f5oR8OxFeOTOJxiqfVQgJFOOVyZzPfgyRKVi2abvjVI1RABxZ0a2c"
    "8avrBHnphhIKq4igMbN1b+qqpeE+Yq+a/iJBq7QXtdZe8N30O3ZL6nrTZKr+jOQdirGvZd"
    "iSFJlSYshQ5WJChbUpRa3U6HVenEAWK7EoBc3Vbj6RKf5eTnNy5YoBlapPxM3WLh0KOG8s"
    "cUFNyiShgAC9AegfYsWVDSiUY2NwoPWEXy9d30MX91hUXgaPU2NjPKGZQdifN1ug9SqrOT"
    "nkg56hdbAN6unVhLgM6X7eppfVRBxRlFP6iSPwAHPLrTzBs7RNYl6PrK5YGU+2Y5SKqI2R"
    "NMIT5/gBtTNsfX+Gb0GcWknntWOAa8K3xcyNEsYtaYzM59wig2mJNKfego2vYJcgO6iBVq"
    "41gxKGdyIRzZ1vj+IMluWF1ih4KLBh94ZL5YlM99bzM3gzFUJ0/BAiMbolRMmIoDns7/7q"
    "Kj8t751SOUkjisbZNX96X8Cu+dP7XLsm3ErF+ryoyfil2djDJ2hsfjzhZNj9rY34x5Rok6"
    "s2Yv+m5Pp2ctvp61e3EBoYO5mS3uBS+6ON+MeUDG8mveGgjcTnlIwYK9RG8D+9qR7T8B+P"
    "IxTuHWVekjhNpcGrmZo3hXERiPMRzoT+rF2XCcdPZQCO09T57ai6zBdZ5fMX+UzGHjyTBh"
    "Nu2UJDiuZN3/2Hr7CftWbPKzWD4zTNw/jd+yIgs1a5KPN76bDMNSmJcoykeSAX4QXzWcEM"
    "JzhbU2tVbhH2CZoH7T8KQPuPXGj/kVkgqFUqKV3QvnnAvisyad/lz9p3mWkbaNhLe7JlCF"
    "+3P5uKcd0/k1A77epYqEa26ljHofqkiKZVF9qW4kEHvLlvniYo6ojrSBeG2RLlpu/YEjjD"
    "d5D16i5w3793vAWjmNlrE5uf+K+MogYsiqCgrTTe4BjPLJirPASXP0vlKq+zIvflVY/ZNb"
    "FJukfxCpTYskOC15yNIscZMR+1Qv6HTUdN8Tcqa3Fdp+tJeAqcYhaCY26Wry9o/gXQPfGc"
    "xX2GN/X+CS68ZxIZLH67tU38Ek7AxUQucBq2ecfCdxg8SxJC0BuEvrqWB8lvIWbZxYaJmF"
    "h05zPxIr7qDZ/Rb/h3k6QrPtRDnuP5Uss16kV9CQ4jJXGvpizAu3P3hYTPTt53Qnt9xex9"
    "kO7MWVN9Zju0ItjpHlTKxB2gg2qnCtQBnQJ4B8AL66FS0s+ATgG8A2Cb8e8V8PXJFLw74P"
    "0OiJUMCIloVH7mqnEg9zKGbve0vpeyc2pap6e1QR+rwOuTKXh3wMumoU6t/ym5bsSp1MpR"
    "deVgc7QC9nEqhX1V7FWyocrGi0oqdaVJPwFNuoqvfD1jvc0EuTsY5DTMkWdfeuPJcPStjf"
    "yDKRlpN/0OuyA+4XzMcOxDRe3wcEpuRkOoHjVqo+BoSq40aAT/eS+d3kgQiaMpGf6ujUas"
    "aRsFR2nFdKFwhr2HjJxSQsNGsBnP8rMrZm0bEjxx2L+j2NrqYCU4jKntWeazIf8tXYcEJq"
    "+MBS3VorXNiObwtvA7eeNS9T4TToR+lUqI1vOj2NCDBeUsDeRaDwsPeU5egc/S/UBS455H"
    "RSg5N6VBl4/s0MU8jhyyAkFpziWbE9bKtiDMnNfm/ASFPm3WnwsA3CUKdrITE7v2E8Sr+8"
    "mMFxCZ3hL+jqzfKTEor/7Z5lU7mZTLfSeXhgnlNfES8WTazw9XV0a74xjt+ISqyoqExLXm"
    "RLqdfr+N4D/jLm4njLG4ndSEP/Ce7Op8YEBca/C129HwRusM2ig4mpLOtcZ2BLgWHNVlOG"
    "AFraLyjCiVCXuX2hP/tbJkwXvbyrEGFK9a+RPt5FnwcoWJJNHxxIl3b+ucpTJZZjVkhqq8"
    "+ilyZfXY8fpHHGZJzi5DqFxGt7qMRnhlUVYuoxI5NjPB9uAyqnQKp6JTuAFBeshWctcy8Z"
    "lEpZBs0NqmUeBCue74bQuHRApZPohONMylRSyg8pg4D0I2xV6bS+ncdY9L975h7K6FWBsv"
    "cr4VXYn4RN6hRfkPlkVFHuuxKntd7baP1hbNwIuaaU+IC8oy6soR+vBspItXtjHDlfy/4r"
    "SKX98JtEFlq0B+vGREUWfNVHF5M6F1Oi+UG/B8S27A82xuQGPNcCpbcjZBpHK1qyjUV+tP"
    "oYrcv8rBvpcokfOXyzSdKnCVzl1YR4trLTRH+9XLqVDuRoVy8yDlLvsNmNC1mB8pxVGqRW"
    "tnQDeHJGpczBWFYrBC2GjlOt8tE7sUUcMyg/pQXLIU5bUXzoZ1xNU2T8hg8xabUIpAcO30"
    "jre5E06GcOZi9Ot4OEC2RT1JfYMjP1u5lNRjfWttURxBwQuncq7ziLrO0uPZV633+ctEu9"
    "Q7v2ujzmetjdJXpuRau+yBl4P4ZOedX4ej3uQbu+IfTckFW7708fB21GVdxE7SL9rLeEQo"
    "TdYRouxgGcxhB2zHyAtFilOlQJ4DWcOgHd5e9DV0M2IQj3vDQVIu4TeTeI+0Tj8F9INrmJ"
    "W9rULiWq9K2h9drd/XBpM2Cg+n5PNweNlG8H9Krjq9URvB/ym5GQ7BzZ79h1oMv3f6vUuo"
    "xsAP6rH++IxBdtDyC73FSOo8VHuR3Q9R6M3nvspAHiNRkFeAXEX1NVVZpbTQzR5rFW90Kv"
    "qgZ/oGCb3G2DPkCfuSDVrbfYNEU51C24Iani/OhpeNFKTIdDBtQdo8cL1hV9nmS30HHvpI"
    "ISE51NNG1Niw47aoCG7bfmgOZDWHtHtZXc7BnvIMrc3LlqWrUcW/fTHX+XqbezZejzLn8m"
    "ISUoy8zlzgGWPAxhA+LD6h7pzGq85pgyn50ulf6eJCeFgPSYg9jmDuX1Z1fJI91HqILnvj"
    "7nAw0LoTGKj42ZT4h73BZzaE4XF4nY9s1HqkxdvHz7gozIPPxWc9hnluWPbaxbrr7yOF9U"
    "FpwooqodMxbe5DI7T6x3kpkP32CtsC2M4YLyDRImxLfBCSHC9M6cBBSkfOrORi8DyWRnzk"
    "gp6gaVBSq73Fh82YnFjFBBLQKQvILgsIIKWbRqmY0DjNq44KhSTDVRVMCVrl9lY37VIigy"
    "8TtXWBT0X+P9lDjStKnsG9qyGvFx4einrger933eM8fvwM2Pyr27HICcUPpuRy+JUJcfB/"
    "Sj53Rhec0/cPpuTraDj4rI+/XV8M+20UP2Py4O0ERpw1D47qIRpE46cvMaVGuUrkcuoaz4"
    "I6+eevV7AIVlxkk8RKiV+7ZfZZSvz9KZlHeM5+yKK7dqnjnkmUzMkGrW1KZlc01We8bQkl"
    "Mzjngc+eZ9BHHvw5c5ZRPim6vv8XnnmQ+ulfzj16cDBl10XNTIj5lKuUn9knZLq681vdQU"
    "ApqKOFd2EibVZLxKgyMPgtRLFrgQKbPQcvV95TpKAWqa78UjM5+uk/zzw/j7X/aFWhs84+"
    "h540V3kxxsiTJyyvl0r0n7fDiTZuI/HJ+JtOr/9Nv+iM2LXoGPx4JqPOZSe4lTidkk4Xss"
    "mx6/4BT7d51etDz8HRlLBFdKJda4MJuxodT8lA+8quwH/QmkMHOhuyHvSXOGU9aKMe9Ck+"
    "68E/Be9xCaYpRlLnyVGRVfrwcwGIP/ycCzHcSqXSYQu6XrosaZLqdQeOC9NrmTkap2keO7"
    "//ZcDwPGAHqnLzaXLFz9eOn0/a056hMVHKkpNVllTWkygVSXEVSU0EZ439WmdpzcZc4DuT"
    "SM6pFq1tojP22+o0alwgd5No7Quloo8nCG1ji8w9pF6GJcakXAa1PCa1chGUPxRoIAPzd8"
    "NeY0mE3Z77VlmYjr9tPkOwFWNcwp4bEezHiv6yLnB7t+XmRQDlWRn3GfRTI2/C/ct+nuXl"
    "5bKWYxsSNFC0/qnQFvvTli32J4kVAhL1l0E4JGggwu/eF0GYtcpFmN9LcY2uKL0i8UTYwj"
    "HGiRqI9CHK4kCInmEzQe5fa+rJ4x62aOXk5M1j1D8WQf5jPvIfs8hvqTy1LbavoVN7/wAr"
    "S3GTNUs1EXivLGKQmWXYPNyIr38SoVfSqrVN8J0H7UVkEhAUlH6HYMYNaITxdeYsVwbhUu"
    "rceli7kM7Fojybi8glDF9WNLUtsA07XLYFp0okJBgeeIT/8rgBFwDISsZHfK7UQpwJRIOK"
    "TXyuMYFd5DDBTDDXRcSFv5IqM3KNpe1gAKtoi8PBr/E+yUTi7vBaA7swfE7JRaffGXQ1ff"
    "xF0yZtlDidkm5n/EW/6g+/Qvkk/7Ae+t3oDasyVBF1rQfrm9YZtRH8n5J/3nZGE6iK6R/U"
    "YxjmFp2xDeMJG2VUVCmqJtW43Jumysfo32vD9Urp/7KEKqgjC29sXy7qphAjedUBB3PLZj"
    "JKOeziNK/ZwWO2dt2y+qU4TZ23q6qq0iKK0nw1aXZH4lx/FuD89EUxkkbg+zIZo5RS6YBZ"
    "0FQWoSarlU4xDXddBrihebhfAt4TT8Q9wBva8/DyTKILDe+1tmlACWulW6xZ8YptFp5xdS"
    "KQ8lxJIuG1n0HJw7bNEyXx0oLIQI/4KXDJcTZEWozt+T1KdZUJN+EgBRUjVvrIl16iWlv0"
    "kS/iEF635enwSa5jr0MFoAO6BoL9vpAfy/stfizvs34sylPo0PHKdL1cGrIa61ty+EYkTX"
    "CkOLYMvHYlIU9bPLNcWazTSSKdWTAKrhhbl4zsGr2+ty26KLkTxokaifX+F+cAs4rKhjT5"
    "cbQNNamZcnLKBqVYavZY18RfCaTva0x89KXCeXC7tVM+X4qWRUX0eIYIP3lxUsYG9yDj3l"
    "l7bxCaQNwMm6pBlgne8AcmhkNoDWQzZpMF4mu4tM2mviuR4I/wQLkzkoeXvlomqadJC/gS"
    "v6XEqv3fSgNQJw3AKe7HapGuuCEr7f+eX6wYtNH6WBjUiETBucOY4ivXn2lGievpTxPW3U"
    "aUaFIlzCfdzrjbudTOctYDZaNqgo2qK9zTZVxwcGsrByzc20uEpfv+8GBHgtBwih7Z1kMQ"
    "+wcu8pQYK7pwAKows5rrbBDUyuY8pw0lSgLPeMaWws9BG0jLBt1BLjfiEEnat2M9WOSGE/"
    "F3OOyJxwT8QKE9Cbrm7vwbYMcZ/cqBaYU8p4U2BhVlTGYLg7AxUzHyp8cje9Yst25JnkVh"
    "ttdSJTWK7H73vlBc7Jaw2LRK8GVL8DRf5cp+2Zo9spTtMU7TPM32QYK7KZ55TqlVIqJoHs"
    "T7D33Ff4kttAzCcZrmYVwkx0Z+io1Mho2ZsyYll4kYSfPg3f8UfhH3/FpjvGfvfCYX2U+y"
    "cir5+MZImgfvQTY6Boa0BFA+xhFF8yAuhPAWgLP4WlRnUrf1XbLTXTiOjQ2Sw7PF6VJA3z"
    "PCQ3HHgSxyXHnuYjjsJ9TuF720H83t9YXGZneqTlA2WC+mLSgjXKfIniFl12yC70chHqhN"
    "JLN4S422ONWhAndfIMPckQu1fcculZbyzMU9RnG8eOl3hwV9f2n9XFw9606SWBlIa20g9b"
    "W0FUc6QaxGunYjXRN/Jd8UcwO+EzMjz21J0qq123bzpK8igoJmnN959l7wH1qCSSU0Agn3"
    "og0YRZaGiX0TS2C1+MStKaZrbAgvjfOEDNYQ7DFzcbowTEQw21jQPcaSYKTjPVbZW2rIKe"
    "bbW1TA9+GFeIPqzjwLcX6KjZDgVScneXCNvAzPu9NChcR1nqRn2h9drd/XBpM2Cg+n5PNw"
    "CDUb2H9e2H7Ey9qPpuRmOGTH8B9qQ/3e6fcuIfsXP0iv+IV02nsPv5s5bC/AkmU8P1gpRl"
    "LnoapttFLCjaSgAJqgUSm7ZNXX16SkhiqiOKhyqibhMSV0U5Hb8r3EGJMPaJpO6fwaEN1V"
    "F5xPQoSOj3YoiJV8i9J06i36Tw6uld6iNPke3qLTgfkkXqJ66aHGvh3rLF8JFTZpFdFABY"
    "axol7Etu2rfIzAjTeea5vnqIFz03hqIYcJVhDxFim5uMIHVD1cW/TJ1/34ue4lrsOHfBr3"
    "F4bs3vQOGcSMJQkHJRVkCUcOL/lK276zsAnhhmy8TGR5LU7j+ySj+ydRbNqvt8WLrQS1pd"
    "l3MWznYQ0eyneOaz1YhD2DGk+8BYX610BL/YeAN7MnAgCjX/IDhYzlDsUCDuhdqFGQCTWy"
    "gYLLQfyrzwzXhS8JF6aEF8/mntD+SDNE5o5fn3u3su3PcKYI5jRULcQjflWYYJ1UckpdVE"
    "ldpALgm72Rx8f632vDtjwJI3xlO0aO0iNGkxrdORA1a0Qvh7cXfQ3djLRub9wbDpJDyG/C"
    "pchTZ6R1+uncTrC3llHlhQRKkVdBkaeyHR8dcp+bKwN5jERBXlld/VRSuZqkUgHcMlWgkD"
    "RKApulPCy4p6G+3hIcP4tCe1OcR9kQ7liQ8GlO2p3x28m3Nid4O2ce7w/glFPPSc7hnVBn"
    "3+M6xsrz6nVnW1Rfni+oFtB7QdMSNe1cZ9NGC2eDnLmHSairCZVSkUcUBKQHAeQIfV04XO"
    "skrvAA+IXDfjLyFoyc9foDRbYze5RXtDvKU/fscZVrNZbuDxJzsT8/n6fWqb2tOF9/g1fO"
    "bFFmEw4JFGNzMnENWTDfHna6HjmqQTlnN1mXVhOjWMfGrpfLFMTuFmIJDGhfnTHgjtG8D5"
    "55xsXcLTq2GbPhp1jUcKjCAuynf7XZq83+lJZDtdnXdLOvyRbQdVwXc/PtheHNFrJ9IN2k"
    "0GYwC4n0e6AquiVED/N9E9w1iQXJmHhmmdgMI2R81wLwb6CGZfo+A8sWeBRsFg474InLwN"
    "dgs3jK7hCHf5yKx6nhoveKq5Z3bm5Gw9+1NvIPpmSk/ap1J20kPtn5bV8bs1P4YGfDfl+/"
    "6HR/Y1eCw/Rr9FLBDuG7W4KxSlEp73uZ9z02qEwFnG+WiyiakPXk2EY5f5sp6VqcpFKOxX"
    "JMKylQksRKgVI7BUoNra+NfItcx4Zq8yBrVPTry3SgXPTr/DK9UOBdPc2++3VdYEDtwap+"
    "Y62wbRE8WjfYnB7NqZqZ0QPZYbS2cwzpiRatkqoSlxFVU5SA1hrkT79MEqQJWa1sCGOAEC"
    "lnza6Rp3vHfIJc7o5rthAPbIBYEDKHyAwoqiRJXHK4xyjFSO0Wr9ZJKEYOYc9gS8s/b3sj"
    "7RLUIOJoSq5743Fv8LmN/IMp+TocXepXwxF09YXfSl+Zksm3G62N4P+UsBvXnUkbic8pue"
    "lMJtpo0Eb+wZRog9trbdSZ9IbsauxkSkadwWfWEf+YknG302dn/GNKusP+7fVAvx30WOex"
    "E9au95l1BP/Z8dfOzQ38JP+A0X0RnYpP6Gcw7o0n2qD7DfoJT6ZkeDvp97RRG/kHU3J5e9"
    "PvdRmP0kbhIe/hih3zryGO2HMn4rvCRz1URTY2qKdHa5BkH84PXJARqwiGIhEMFtUxgZ8u"
    "WTl2pXeNER4xv+vLYL3H/K6B60c5VVKSSgnByhfn9Ui/NTHExuU6iWCREvt2SxVMhCrhhT"
    "O3bGDMeWT0xnhCnoPuMRRM5a6ycs+aHTQ8PpyHxobFpExoFQRg+8FTXIhw5lDJysUrx/X8"
    "aPIH9gZEoeSfWNeUbb/c3Mr7WrJdmdMzqWSzsGYLMN3SKeER3ICBi5n0YbDnwK8H+YWnUE"
    "R+GCKiTOzCQjp5C1/93du3n5Bh23xc0Jp4lg1uvxvuF4xnj9wv+M5PHXyHeDUI/qumJPAS"
    "9gPWucfRxncqAr9iKD7LfhRybJNdAREKrrBf/gCCQY4s9OeZC54V1AuXZfbzlyvHgwIJ+i"
    "N+khSj5b5XZ+zyn7EsgVC2Fq6IKGUVal4noYoG3nVVpKqQ+Hj25rN/3mq32mVJkH2qNhKf"
    "YHHuXHLpyT8AwUTr/sYvBUdT8pntCPpFf9j9DWjjZ/69m854HN4SJ0zEYpxpb/wFroeHwo"
    "qtXcbs2P4JT/DXh8bisx7iikppfrZPc7bKsXr4HKvADOhlq9sliBqI9Pvz8wJIs1b5FVPg"
    "ngRpujDen38ojXVE1kC0PxSpEfYhv0jYh0yVMIGZ9T+SSZ27EidolHeRzLvI2ZRx2AqaV8"
    "KyZvqIfUOpUhVVSlXk597UwVlXXxmUllZQ5vRwRE1leOVkVZVpebbEZiYhbYLf4REK5KaV"
    "CoW9PFJ0SkecxPVfzn1Jv5mIQmGZ2tU8j73estxXuUxCnKQxUUiqptdLT9qTMGAkVB2e4V"
    "Ye6SSx8tOs80DPLfKM5PMpajXUtR5qgEaHHMel9D0JquZxx/vXugvElphS40EC9ZY0kGnC"
    "JqB97BgoYfwtA3tEofAuj/eD1PKYj3bQXmFdDetqeqYUZTX90umgv0ftku/noXM/jyzqux"
    "NVR5QVnT1PB/Z9+HrS2QIvDZ2XUZDun1sQl9AqzAtgzv1KwNkJAmQI4z9KoS6lVrgXwP07"
    "WyBMETZK17NZWeDl5Ar5AsjPHXdpeLpF6Zpbs0su7XJyhXwR5NnPYo+nTAKbe7qzlrDqW2"
    "ziElqlpk2zLCvXWTmUff0qGMuJFcgZkFW2gIMZblSp0ddSavR0YD45dW80WlVKS+dQK+ep"
    "7E4A0qZrmVgvn+5KQqr0YhV0vrHkMCXdUTKUas9QmXte9b4RH68KCfyk1GpRK7ao1SSG9J"
    "9Cc80Tt59JgkgT91uFc7oXjCMdO0vsLSAA1LiHTDAi4tMz/FwxBBnmEvwOWDee4yK6cNa2"
    "iSjG2fDS53WlMsvUcGfaEgRZk7zjdciTf+QqI66fpKpK+GlAW+dIorPu8Hdt1OEpb/wjyG"
    "880IOoz+g4SNaj98bjW8h/nDidknF/+FVnzdsoOEqvWi/jtUIhzFxai7dgFHGMvt5DOepN"
    "et1Onw2lfzQlX3qfv7QR/J+Sa+2yd3vdRuKzHoNTwZnouW5Ep+RdexCZEqq4VC1CHqdVns"
    "71Fndqm6i0LkPauEylLwHsqaYqZaBHqTvPJLJgskGrYEohPVU+YbdU2EERiS++iYQ6PDWO"
    "sFpiMysCFqQTWYbmHnZ5liHIFdRmLRnbc49dZBEuOrI55QXZeTh+LdbEY1twCzHpkThc1I"
    "RKYEEOU8jhA9l/lmxKWZDfVOQvEmvJpymBZKfozgHp8q6FvI2DZti24xmA/NKhaGUbM0wL"
    "iqV/xmZTLJdPdBFy+SjZtUaya32yoh6I61Z5UZucF9WzZuwNlE9g+bIRUTRBN3xofNlGUM"
    "J267dWttqsomoeAFY4/Cm4WufVtTbzlHMyZeANCdQqsBvdjWt5HpaIVPn4xkgaOIEPktni"
    "Hs+lkR75IEcUzZvFB4GYy1lllJkhQSMm8bFVmSYTcqku5SG2Bo0l6FTy9OIxY3luE/lLyD"
    "NdJeoG8xHWkIpFGFT5hQoheSeWXbiCeuJGG4hMwv7BlPhlbS/DAreXQYVbocQQR9syAjM6"
    "Jtmzs2861MDlHcUvMEH+9kYbjbVLrkMIj+sh0vNq2yUtI3Gag/pRnkYNt7SHRGk7U0iinF"
    "JlEU6V4xiS1MpAW2sDbb0K8J7O63RyA60s8coSryzx2yzxVyL++Uxuhg/utora4INwak5R"
    "qLyP8KVOWNGp8cTt1QbUzfmBIv4kqJdjeQjmk0lbgfnccXndmjkv2/PgGt8t7+mTb0x3qY"
    "fet96+fSuvEXSsB8sL6ETLDFjhMwVzlCW9RpZ0MUQZ2PMDHYP2Kse+RJOl/BKUX8IJ+yW8"
    "Gqd2bTQaskHjH2y6dkYDMUvFwZQw2l6XjY34rMfgKKcR5TRyEpugcho58CJdzqchaN9AcA"
    "9iKcN/rfDMk6UMzcc4TqNwVhbJmlkklapQqQqVqnCbqnDiIytTFIp7raJqQn6xcJSOUMbx"
    "mt5CF7fxK1e3eDltNg0pNj8hwqtar1dgepFG7VTu5xlZG+qyrLxoBoHDqOXYQzxMJCa8C4"
    "sY7lPu1hgQpd3PnjwxJU9zYZH6n4HjXitmqmO8xkVv0Bl9k/v+Be3jA3HxbaJ1nptHZsdW"
    "MCR44rB/x9kI6vAq7HkbeNbS3pnNnDWRZuUJbm1d2A3RqPByvjJcT1hZoEjG3LEtB/GoRT"
    "ClOBuCPOMvBJ4q9BPCxmwRawbxlQbyBwU5RJKf5wD9q6Q9J7UvsPXdIF7JXTdBpPj5lHBU"
    "tnp6kwunH0LOb7xNbNL5o3MBlhz/YEp++/ntuzaC/+DwOvmi90Yd8HYVR1MyGXUue2C+6v"
    "TFrdSFKRlrN+KOfzAlX8bsjP2bEu3ytsuNX/r5+3+0UeK0HqYKi4boZRnYbSEUSUJV1rlM"
    "WWf2TMtbB2kliq5mKbLmGYoOsqaJPBdZnPNDsiKKJkB87JAsgZ6O83aSbZgHVE3APbVwF1"
    "m385dt+aTW+U+rAHNI1zygPxRB+kM+1B8yWLsOW3LJg15+IclSNgHvo6er81EsuaKkyJqA"
    "/EGXFFUB/bVEI8zs6gFGCVoVdFLnYQ7ViWWLOKXoDquFOg37zxajcghXFuPypuV4XyeJ7U"
    "6DQnp21cq63OEK6AvHecyJRUk2aG03R/AyaPeibUGrxCRI3i9sGdwQwNCynQ02ITzEcRl+"
    "bE4g0Ttar5DncIPCnYu/W5Rdu2uxDkx0/4Q2C2u2YINgECqat5HDph9ij1iyKZ61WRz96d"
    "KYFP/p/vzwYQzSOipjhzJ2nDKzWMLYEc38EpAmiBSkmew1YpXKIprvPB4jUaVCs+mAZhCB"
    "WDWZfJJaiY21lieS+3LxBSlOpVakdKRQxB+V3TwzlEpQ2yqoGZET0TPFtJg70mlO2p1SWv"
    "KtzZHRcubxHgCeJHs7ycm7E+PsC1wrWbjrEC6sdsx/ram3xHLPPEmr1nbva9GebTwBQWHR"
    "GCPKHi5c6ujKtjwuaoqqA6JXkTWBIIdTtdAdmMzdNTyFQcxkUyZwbUDIBY9r3oVMCD7Yc0"
    "qJuy1h8A97VfLvS+8tLSX/Kvn3pCFNLihlFok0oYJWqRaUaqGm01apFtSKpFQLSrWgVAtK"
    "tVBH1cK14T6eSZQJ/Hprm/pgyVoU1Bd8FRkVY7F3TBbfsLMFmKC5NA++TCDJO4SJ/JhSLs"
    "tHIdmPBKL0NgssUi3Cs/n1pWFKAv6O8Dyp/iDtUOF3rNQFL71ftJS64JjsTjDvM4CCoCAH"
    "NEayTUBoFqTA8Keg+47dkqJrjEIlF5UIr7O162Iyy8nOmONaG6OpcxBlRXf1nwq4q/+U66"
    "7+UybFouMZtv7dsNeSiGDtL8YaXOKZtTTsnLU0SZ5+/QXpG7+LAtifjh/zpdbtXXf6P77/"
    "2PqYilSMB5CmFYffMQUH/8qAZ3tQmG/HfGbQhX5v2IY07dpuxNP0Cu8deDP+guFFLVoJ7Q"
    "S1wno71kq5+3qUu6cRh1KX4W1kIEotFZG1jkS5ho8xMVZ04Ugdb5INWluVZnBJp37bcuqz"
    "ueM+ohm4w3iOUE35yipqfMfmGwSRH5QN3x2yKPp1DCn/Rc3gFuKVbbnrjGnN5xhkm3y12S"
    "Geo/Jl1W75aimd2DF1Yipf1mFzyyjF2f69Pqg0FdWWJBshRSNm7bGza6i0D0oO277FqnwA"
    "TRHD6uiqUGspLMJfIoElBidf+gp/YPHExAEFiD0+w8DlHvAKoJiNLsTR+zUfbTYjqBePs5"
    "fmIn5ml1MyJR0hpP3IWt3Bke7MIdjhb0wQe7AIFbmNeU1KkLZ+YP1g84FnsAeZTpAEj26L"
    "8AgL8t4LXR4UtLT4Ffa1sdlCxPGmxHQIg2hNPMv2786c5dLyPGgB6QRa0Hf2oZ/QnWioP+"
    "KnO+Rh26aixqa4jIwHEJlypMQ/z5wNgTRpIgrDxMuV44FpDnrLOFb8mRRCkqSitZIxlYx5"
    "UsxNCRkzPt+LIhqnUYAqof2oQnv8m2VgzpczU2RNyCd4bFnz3qBYr+IakyFs4Fzfs3/Mia"
    "imTiUaKc0Elpi8EtImLB5HWKktslp7umk9MHGkFOIpuubBvf8sx5FEV4aRS1I9g5XbjfZp"
    "KIYykJZfh9Nkqm6xxL820AJU1FunyFUi2zorriNNTplNIEmltoDdW4DpWnNP9xZs6BaOrC"
    "z4bi9ISRev0xXy3dsSvpC+ky7VLY9ie54FfmshHim9qsdToh6PsoG+lq1EmJYqjnSSWPEM"
    "dRvojFH2pYyG1ALoJ4Y0hXj8dmu74VA01D2jXPpwFFC2kLPCBDkuGMkYP8QoRGVR1mNe9u"
    "/ixIWikZPR/pk0QqwvldqsFmKrspkdHGKV7+agoKrkZgeD9jRcx04QWH//K7OwhhTKD+9U"
    "/fBOORwqNXv3AK7PCJ/klN2diSl8XRN4djvjbudSezm/RurlVDgKbrV2iCZe8aJGQ4KRbR"
    "E/o3KiItDSIfgJXP/uAus+JE920R0bZo/e+WmWow06K7Xss3PwcoT0z9AfzXSI6HoJshAG"
    "Laj9hN5C19iYLVDQPQ9CCy6mvvTuYLSs8AS1o5QDoRKGar61KOaynsAqKfMAoPI1OQMnmC"
    "E1sl5mWJ6kG5tPW2fvNWBNvrQR/J+SL8P+ZW/wedxGwRHbIEcdOGoj/2BKup2b3qTTByJ+"
    "MCVXmsZo4P+U9Abd4bXWRuJzSjrdSW84YLf9g/SOXsT2+XMRZ6Of832NJMlfXiJhV830/w"
    "f1RzSW8gy5u23KEeXrNCWXydJVAw3Y6WBcYtXnEkOVyRsSvs65W8INYo6x/sh+TNXNNU5f"
    "49X4jO2C173xuAcpTKLjKRlr3TZi/9gO27liu2vnakqGky/aqI34Rz32SZVU/mgKTJX3vG"
    "l5z8dsIcNnEqWbuNEqFEasU2hcxiGAOkt875hPiPUJacWfEMWYa8JmC4M8sEMjGSC8sFg3"
    "uuC7KMTqsqm28ChXb7nYW7uEttD92kPEEUq2HGeCIzwYVHZ3eGlYNg9n5lHFPBwYIgzRxn"
    "U8/AndrSkPN+RNYEwgw5SLWS/82y0MM1713I9jBmcI02RI0zAl+xMy2RKVo83Lqu/411K+"
    "DS+9xLaUOu+YrLKY9VImTg5nSFBntUjVsKjzIl7arFV+WNR5xk/bX83KTNkYiQrSSWqfsb"
    "u0cioHFBM8kj3UeRKf/d7TvoJAIT6nRLvsTYbsXHzWQ8JI8ADZMdnqCp+hVW7wyg1eeUdn"
    "3OCVyU35IJ2wD9ILSe8eIP7wdCYT4IN7rW0yPBWtrKLSewfBYyDtVuiVT4P6YVGdMS6q3m"
    "PbIQ8oEEh5WTGQg238QINK5myFNpngJssPdrDnFBKUOZhKTn5xrljJyUcUPFSaJ5Xm6cXn"
    "q0opXKvRUHLEK94clBzxuuSIa7y85xxxrjThtygiUzzpS964RJJhwejH2XoK7u2Mg/e7bH"
    "G7G7tEHJFeV55ZuGI/UslgW7iwEhBenHtVAsIRBQTlvq2ChE8J2nAnKgdsikw5hW3lBGlM"
    "0fhMRjCuszxJZHeygampVacIzJzkMDuTwhTPBdNBG8c1/SBH7g71A02qeGXsXCGanSUTlE"
    "K3DsuI4teOuv+pQghKQ74/CJMa8vMiCvLzfP34uaTaue24ZdANCZqgEk+iuy33cADuL7nY"
    "/pKBVum/G6z/zjDnL8VAuoz7kvOQ/M4ONhLaFOQkvzgbtFzPFsK+HzkE0IWztk10jyHnRS"
    "KTBjj2UzzzHHAQgISB3OffoIs2uhM+/dwV30BzN69m2bEeWshBIYgrU3xtPXgExdcekQ17"
    "TlDmswIyj+UV3RuMJ6Pba20wgSwFwTGPyOTe0eIT4jIh60GHZzwIciSk162X8ZlWnHII7s"
    "ci4H7MB/djBlyxd2Th3R38HVE+O/q7bqDvPfxbuRIoVwLlSlBWCMDLFVTrPZOJAcG9rYJA"
    "9PM8v31h9bKQIZBh287MiFwAAs0xesR4FWiPgxLIQS5xCPaNCDlf/ut4OODuxHe+cHKHDB"
    "fLdNTHe7BSdCuBQO0oStF9YEAV+65cwV98vh7EFTzaassAn6RqxCxXPvinMhrKBlFc/Ijl"
    "lJJJIMmUU1usEVHDEinFMfHcJzAPiPhD8wG77Bvi7zhIL2S2/FO/cJc8eXj5bnjOIZFkIE"
    "o6BIaGgADdP7WSeceZ2DF0TdaHxRMJoaXhPmLvByaWsBcI+viR/WAT6/BOtRDF7C1hkvff"
    "PrEHuXjmMFJ4G/nT2LtpczIQZUzsGZZNo69heRSB0pV9ZWxSdI+pZeI2ayi4+UggerN0vm"
    "MwmzDijWsxuc/PsmSYdEosD3qf/6XDSx31DgGhkNEQ4Ip+HBOsqBf8svAJ7MdB2fYoOboj"
    "GvAfisQPhfkkcjFNCc+vxAQv3ohCPCoT4IiD4BugDRPPHtkbQPjXYqOH3RUbRIaIh22bck"
    "PQEh7NwHedDTIe4NcWtu8EgJ+x6Z69my7gLW3kwhShUIMx66mebR2NdoHHZ4pmbSFOOw2H"
    "SKk88kosPcHtuIz/cfAiZBDNLbUdJ6lUZrtuSO67znbjbX8Xt9/aiP0Da1+/D7a+fp8dfx"
    "mOGE2nr7Er4fGUdIe/ayOdX4HkreHJlFz2fu9daoPLNgqOpmSk9Qa/M/5Ou9Sj25KL0HJy"
    "Oxrowys9zKWeuQSZ1CcaaJzBSimOeKZ1nmgdvttgMupd3E78zLLR2ZQAF3o56nyFjqNjRn"
    "M7GmmD7jdd+4O9aIPPrK/MJZ7xfTC+Yr+1N+BZ34OT2J3h7SR2i50xDG/6PXaRf8BZD37M"
    "FVwQR1NyrY0+QzYq8cnafLu+GPb14JskTqdkeAO/RR/eaOxbxE7CO0wKGmvhLX4W3tP+0E"
    "bdXux2cCFs0RmPe58HwgicuRTr56Y3+hbrBU5h/NhUGIthE0f1sAsnOYXkSwwiYM42k6Da"
    "Jv7V50Xei+GSiXOZPcXzbM4ml0ZRQvqqoaxF5NXpqOPK6ONBsNEr45tDrlBOovzvNeO9LU"
    "8SebXbESROqwoB7PIEcS0ZE78b5ZBQQbwD4jnGlapZBHSvE+DihVhqUezmlNiFKiC/SMmm"
    "uoF60JpNvv630koRkb7OxaLEauwr8cuZpkMSZZYubx0ljmxW58MdtFdYl8eaOmtXxs8VUy"
    "JG1Mdbrs+uO4NbX4VTQpUoqNpIfE5J7/qG6wnFJyjoRuyACca6qHwISrrklSm56XfYdfhf"
    "DwWSMKqVFdjjRKrcQHJLjVnkSvAtKbImrEPJqfuhSJ2MD/llMj5kqmSwx80tU24QurIdI2"
    "epT5KlgJ4D3elBvY1jGd5e9DV0M2KcC9ShSyzy4maSjRlpbGVM7abgaqC7+LuFN1mstxZs"
    "SJOqeg0l6jWk/RJKrCcS0gaKQwdxJrXIau3ppvWAaaklPE3XQLz3v4jHnJ8kHMguP8YUtX"
    "JkrJ0jo3Ss7yVLWT63mSJTZotTyyJ5eky8ilU9ELBxJ8pSS0CCTC0BKgL4+BHAkkV3DwB3"
    "op5OcqXdiW5ypymAbfCy7wHccjWx67k27AQ4tTjWKn69xzWFZ5LYEf9Oa1vYiNAzlogYmV"
    "s2FrHiEE/Ay1Qx3JxY8ec2WgllBER9eFD2meuD3GV4vsLuwlhRtCamQyTh6Qd8jiSUQUWe"
    "vzTzolz8lTBz2qDCalUS0RiJglMGZ9mI/gRRAzWD78/Pi2hiz8+31EE/z7inOO5SphfcAn"
    "NI0UCM92/9XTLeC56fQTjfUyJG0gQj5dGdJTypv1VBXwlP7nFVq8l9djPSePn5yzYKD3n0"
    "0lVvdA1Xw8MpuR1cDgdaG4nPKbnq9PrQRHymee+XeUlWrsMAXJZ5SWIk6iWpntuinJ0gSa"
    "XYFpUw5JXa2UJNQ8WxTpHvYbRPaD07tcEW6qNqI52gVcNc52E+DYvkaVh6T9N0VkfbTq1z"
    "5woLw4i/UDnmB7jZ2m2B0F1nU8IKAfmJeFELUPq0RWKlwE7QCrI4oXsM6WppcIGijeuQB7"
    "SxvAUS2Zl44qo7nrXpzpcoROpantFWbpk44rOliZcEYOwL+TPCtoh4RQzXU3l0X3rlaylr"
    "xjFFrmDyJ9HMTVYUvisqUVHWF5ovIMWxDJofD8u3JwLkK9BADrSvbcT+Tclvg+HXQRvxjy"
    "npfR4MR6Be9A8gr8/V7VjjWZv4AVzpDkeX4pI4qocWUsUVHcslnbM+ZbS9IUET0D22rjdg"
    "Liuo11V0dEXMPYZsGbyD9nVe9OsLduSDWJa5zlAqx2dZ9HIkbRaWGFN0SnLZrhYL8dqDWi"
    "xy/DxNZHcqxdKTq1ZKsSsD6qeeSTRi/p3WNnXYnLcpXEBKNA+LNxnm0iIWkMHVhUHDdOrs"
    "1DBNbH4C5RRMIJNCuvE5J8bofm3Z3t/ZBUhP7sx5DvQZ+3ay2lFHeaZy1K3d6tXaotqCcS"
    "sjNAXt98Pv7Eb8hD3IVGWjENx3hYLR320JRn+XDUZvfH7u687oN20CSXXgc0rGk288KTd8"
    "ZCv0jrTPPLGO+KyHZuYFi0/V7YV4AeXBX6XSYoQEjYD74DPboivbeNIh/N4toXzP0CmLhi"
    "y7C9VBuP8u2T+3ptRJ0B0xn07AtpxUOp2MUPsyYlcHu9ZscSYRu/w7rW1ilxG12SV15UO+"
    "Z5kl9+WXiiySN96fTvXlnPfyuucLJRC0K2UZ8nevGEkD96+DhBDBS1UCYb95A9E9iHTCnu"
    "hhmUESnIRyvYsDkrTHqTXz0P9DtkVPkTvYAi6AsZ31TXO5raSKAzq4eOnN7D//HxXUxhs="
)
