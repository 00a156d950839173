from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE = {
    "sqlite": """CREATE TABLE IF NOT EXISTS "tags" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    "color" VARCHAR(7),
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_tags_owner_i_659ea0" UNIQUE ("owner_id", "name")
) /* A word of an owner's for positions. */;
CREATE TABLE IF NOT EXISTS "portfolio_templates" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "allocation" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_portfolio_t_owner_i_435b55" UNIQUE ("owner_id", "name")
) /* A target allocation that an owner keeps for portfolios to come.  `allocation` is JSON, as `targets` are. */;
CREATE TABLE IF NOT EXISTS "corporate_actions" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) NOT NULL /* SPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nDIVIDEND: DIVIDEND */,
    "ex_date" DATE NOT NULL,
    "numerator" BIGINT,
    "denominator" BIGINT,
    "cost_fraction" VARCHAR(40) CHECK ("cost_fraction" NOT GLOB '*[Nn]*'),
    "cash" VARCHAR(40) CHECK ("cash" NOT GLOB '*[Nn]*'),
    "source" VARCHAR(80) NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "instrument_id" CHAR(36) NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "other_id" CHAR(36) REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_corporate_a_instrum_5988a1" UNIQUE ("instrument_id", "kind", "ex_date")
) /* What a company did to its shares, effective at the start of `ex_date`. */;
CREATE INDEX IF NOT EXISTS "idx_corporate_a_ex_date_1bb6fa" ON "corporate_actions" ("ex_date");
CREATE TABLE IF NOT EXISTS "option_contracts" (
    "right" VARCHAR(40) NOT NULL /* CALL: CALL\nPUT: PUT */,
    "style" VARCHAR(40) NOT NULL /* EUROPEAN: EUROPEAN\nAMERICAN: AMERICAN */,
    "strike" VARCHAR(40) NOT NULL CHECK ("strike" NOT GLOB '*[Nn]*'),
    "expiry" DATE NOT NULL,
    "multiplier" INT NOT NULL,
    "underlying_id" CHAR(36) NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "instrument_id" CHAR(36) NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
) /* What an instrument of the kind OPTION gives a right to: `multiplier` units of the underlying. */;
CREATE INDEX IF NOT EXISTS "idx_option_cont_underly_8bd57a" ON "option_contracts" ("underlying_id");
CREATE TABLE IF NOT EXISTS "action_bookings" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "action_id" CHAR(36) NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "account_id" CHAR(36) NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "transaction_id" CHAR(36) NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_action_book_account_d954e2" UNIQUE ("account_id", "action_id")
) /* That a corporate action of the market is in an account's ledger, and by which transaction: once at most. */;
CREATE INDEX IF NOT EXISTS "idx_action_book_transac_090028" ON "action_bookings" ("transaction_id");
CREATE TABLE IF NOT EXISTS "model_snapshots" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "version" INT NOT NULL,
    "result" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
) /* What a fork came to when it was saved.  `result` is JSON: before, after and difference. */;
CREATE INDEX IF NOT EXISTS "idx_model_snaps_portfol_1ded7f" ON "model_snapshots" ("portfolio_id");
CREATE TABLE IF NOT EXISTS "position_tags" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "instrument_id" CHAR(36) NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "tag_id" CHAR(36) NOT NULL REFERENCES "tags" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_position_ta_portfol_d11d94" UNIQUE ("portfolio_id", "account_id", "instrument_id", "tag_id")
) /* That a position, open or to come, has a tag. */;
CREATE INDEX IF NOT EXISTS "idx_position_ta_tag_id_cca2d4" ON "position_tags" ("tag_id");
CREATE TABLE IF NOT EXISTS "portfolio_shares" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "user_id" CHAR(36) NOT NULL,
    "permission" VARCHAR(40) NOT NULL /* VIEWER: VIEWER\nEDITOR: EDITOR */,
    "hides_amounts" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_portfolio_s_portfol_0d1d8b" UNIQUE ("portfolio_id", "user_id")
) /* That somebody else may see, or change, a portfolio.  `hides_amounts`: weights and returns, but no money. */;
CREATE INDEX IF NOT EXISTS "idx_portfolio_s_user_id_78c600" ON "portfolio_shares" ("user_id");
CREATE TABLE IF NOT EXISTS "strategies" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_strategies_portfol_bc13fe" UNIQUE ("portfolio_id", "name")
) /* A name for positions of one portfolio that belong together, as the legs of a spread do. */;
CREATE TABLE IF NOT EXISTS "strategy_members" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "instrument_id" CHAR(36) NOT NULL,
    "strategy_id" CHAR(36) NOT NULL REFERENCES "strategies" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_strategy_me_account_95e4e1" UNIQUE ("account_id", "instrument_id")
) /* A position that belongs to a strategy, and to no other. */;
CREATE INDEX IF NOT EXISTS "idx_strategy_me_strateg_0e4786" ON "strategy_members" ("strategy_id");
CREATE TABLE IF NOT EXISTS "targets" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* INSTRUMENT: INSTRUMENT\nSECTOR: SECTOR\nTAG: TAG\nCASH: CASH */,
    "name" VARCHAR(80) NOT NULL,
    "weight" VARCHAR(40) NOT NULL CHECK ("weight" NOT GLOB '*[Nn]*'),
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_targets_portfol_246718" UNIQUE ("portfolio_id", "kind", "name")
) /* How much of a portfolio should be in an instrument, a sector, a tag or cash: `weight` is a fraction. */;
CREATE TABLE IF NOT EXISTS "imports" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "file_id" CHAR(36) NOT NULL,
    "file_name" VARCHAR(255) NOT NULL,
    "format" VARCHAR(40) NOT NULL,
    "mapping" TEXT,
    "state" VARCHAR(40) NOT NULL /* PREVIEWED: PREVIEWED\nCONFIRMED: CONFIRMED\nUNDONE: UNDONE\nFAILED: FAILED */,
    "problem" TEXT,
    "created_by" CHAR(36) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "confirmed_at" TIMESTAMP,
    "undone_at" TIMESTAMP,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
) /* One file that was read into an account: previewed, then confirmed, then perhaps undone. */;
CREATE INDEX IF NOT EXISTS "idx_imports_portfol_8f1744" ON "imports" ("portfolio_id");
CREATE TABLE IF NOT EXISTS "import_rows" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "line" INT NOT NULL,
    "part" INT NOT NULL,
    "state" VARCHAR(40) NOT NULL /* NEW: NEW\nKNOWN: KNOWN\nIGNORED: IGNORED\nREFUSED: REFUSED\nRECORDED: RECORDED */,
    "fingerprint" VARCHAR(64),
    "entry" TEXT,
    "problems" TEXT,
    "text" TEXT NOT NULL,
    "transaction_id" CHAR(36),
    "importing_id" CHAR(36) NOT NULL REFERENCES "imports" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_import_rows_importi_7cadfd" UNIQUE ("importing_id", "line", "part")
) /* One row of a file: what was read, what it becomes, and what is wrong with it.  `entry` and `problems` are JSON. */;
ALTER TABLE "instruments" ADD "cusip" VARCHAR(9);
ALTER TABLE "instruments" ADD "isin" VARCHAR(12);
ALTER TABLE "accounts" ADD "routing_end" VARCHAR(4);
ALTER TABLE "accounts" ADD "number_index" VARCHAR(64);
ALTER TABLE "accounts" ADD "institution" VARCHAR(200);
ALTER TABLE "accounts" ADD "closed_at" TIMESTAMP;
ALTER TABLE "accounts" ADD "number" TEXT;
ALTER TABLE "accounts" ADD "number_end" VARCHAR(4);
ALTER TABLE "accounts" ADD "routing_number" TEXT;
ALTER TABLE "portfolios" ADD "fork_of_id" CHAR(36);
ALTER TABLE "portfolios" ADD "fork_version" INT;
ALTER TABLE "portfolios" ADD "rebalances_itself" INT NOT NULL DEFAULT 0;
ALTER TABLE "portfolios" ADD "deleted_at" TIMESTAMP;
ALTER TABLE "portfolios" ADD "drift_threshold" VARCHAR(40) CHECK ("drift_threshold" NOT GLOB '*[Nn]*');
ALTER TABLE "postings" ADD "fee_kind" VARCHAR(40);
ALTER TABLE "transactions" ADD "fx_rate" VARCHAR(40) CHECK ("fx_rate" NOT GLOB '*[Nn]*');
ALTER TABLE "transactions" ADD "fingerprint" VARCHAR(64);
ALTER TABLE "transactions" ADD "source" VARCHAR(40) NOT NULL DEFAULT 'MANUAL';
ALTER TABLE "transactions" ADD "other_instrument_id" CHAR(36);
ALTER TABLE "transactions" ADD "details" TEXT;
ALTER TABLE "transactions" ADD "confidence" REAL;
ALTER TABLE "transactions" ADD "import_id" CHAR(36);
ALTER TABLE "transactions" ADD "needs_review" INT NOT NULL DEFAULT 0;
CREATE INDEX "idx_portfolios_fork_of_a3bcfe" ON "portfolios" ("fork_of_id");
CREATE INDEX "idx_transaction_account_933a4d" ON "transactions" ("account_id", "fingerprint");
CREATE INDEX "idx_transaction_import__a52a80" ON "transactions" ("import_id");""",
    "postgres": """CREATE TABLE IF NOT EXISTS "tags" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(50) COLLATE "C" NOT NULL,
    "color" VARCHAR(7) COLLATE "C",
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_tags_owner_i_659ea0" UNIQUE ("owner_id", "name")
);
COMMENT ON TABLE "tags" IS 'A word of an owner''s for positions.';
CREATE TABLE IF NOT EXISTS "portfolio_templates" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "description" TEXT,
    "allocation" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_portfolio_t_owner_i_435b55" UNIQUE ("owner_id", "name")
);
COMMENT ON TABLE "portfolio_templates" IS 'A target allocation that an owner keeps for portfolios to come.  `allocation` is JSON, as `targets` are.';
CREATE TABLE IF NOT EXISTS "corporate_actions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "ex_date" DATE NOT NULL,
    "numerator" BIGINT,
    "denominator" BIGINT,
    "cost_fraction" DECIMAL(28,10) CHECK ("cost_fraction" <> 'NaN'),
    "cash" DECIMAL(28,10) CHECK ("cash" <> 'NaN'),
    "source" VARCHAR(80) COLLATE "C" NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "instrument_id" UUID NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "other_id" UUID REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_corporate_a_instrum_5988a1" UNIQUE ("instrument_id", "kind", "ex_date")
);
CREATE INDEX IF NOT EXISTS "idx_corporate_a_ex_date_1bb6fa" ON "corporate_actions" ("ex_date");
COMMENT ON COLUMN "corporate_actions"."kind" IS 'SPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nDIVIDEND: DIVIDEND';
COMMENT ON TABLE "corporate_actions" IS 'What a company did to its shares, effective at the start of `ex_date`.';
CREATE TABLE IF NOT EXISTS "option_contracts" (
    "right" VARCHAR(40) COLLATE "C" NOT NULL,
    "style" VARCHAR(40) COLLATE "C" NOT NULL,
    "strike" DECIMAL(28,10) NOT NULL CHECK ("strike" <> 'NaN'),
    "expiry" DATE NOT NULL,
    "multiplier" INT NOT NULL,
    "underlying_id" UUID NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "instrument_id" UUID NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
);
CREATE INDEX IF NOT EXISTS "idx_option_cont_underly_8bd57a" ON "option_contracts" ("underlying_id");
COMMENT ON COLUMN "option_contracts"."right" IS 'CALL: CALL\nPUT: PUT';
COMMENT ON COLUMN "option_contracts"."style" IS 'EUROPEAN: EUROPEAN\nAMERICAN: AMERICAN';
COMMENT ON TABLE "option_contracts" IS 'What an instrument of the kind OPTION gives a right to: `multiplier` units of the underlying.';
CREATE TABLE IF NOT EXISTS "action_bookings" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "account_id" UUID NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "transaction_id" UUID NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_action_book_account_d954e2" UNIQUE ("account_id", "action_id")
);
CREATE INDEX IF NOT EXISTS "idx_action_book_transac_090028" ON "action_bookings" ("transaction_id");
COMMENT ON TABLE "action_bookings" IS 'That a corporate action of the market is in an account''s ledger, and by which transaction: once at most.';
CREATE TABLE IF NOT EXISTS "model_snapshots" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "version" INT NOT NULL,
    "result" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
);
CREATE INDEX IF NOT EXISTS "idx_model_snaps_portfol_1ded7f" ON "model_snapshots" ("portfolio_id");
COMMENT ON TABLE "model_snapshots" IS 'What a fork came to when it was saved.  `result` is JSON: before, after and difference.';
CREATE TABLE IF NOT EXISTS "position_tags" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "tag_id" UUID NOT NULL REFERENCES "tags" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_position_ta_portfol_d11d94" UNIQUE ("portfolio_id", "account_id", "instrument_id", "tag_id")
);
CREATE INDEX IF NOT EXISTS "idx_position_ta_tag_id_cca2d4" ON "position_tags" ("tag_id");
COMMENT ON TABLE "position_tags" IS 'That a position, open or to come, has a tag.';
CREATE TABLE IF NOT EXISTS "portfolio_shares" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "permission" VARCHAR(40) COLLATE "C" NOT NULL,
    "hides_amounts" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_portfolio_s_portfol_0d1d8b" UNIQUE ("portfolio_id", "user_id")
);
CREATE INDEX IF NOT EXISTS "idx_portfolio_s_user_id_78c600" ON "portfolio_shares" ("user_id");
COMMENT ON COLUMN "portfolio_shares"."permission" IS 'VIEWER: VIEWER\nEDITOR: EDITOR';
COMMENT ON TABLE "portfolio_shares" IS 'That somebody else may see, or change, a portfolio.  `hides_amounts`: weights and returns, but no money.';
CREATE TABLE IF NOT EXISTS "strategies" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_strategies_portfol_bc13fe" UNIQUE ("portfolio_id", "name")
);
COMMENT ON TABLE "strategies" IS 'A name for positions of one portfolio that belong together, as the legs of a spread do.';
CREATE TABLE IF NOT EXISTS "strategy_members" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "strategy_id" UUID NOT NULL REFERENCES "strategies" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_strategy_me_account_95e4e1" UNIQUE ("account_id", "instrument_id")
);
CREATE INDEX IF NOT EXISTS "idx_strategy_me_strateg_0e4786" ON "strategy_members" ("strategy_id");
COMMENT ON TABLE "strategy_members" IS 'A position that belongs to a strategy, and to no other.';
CREATE TABLE IF NOT EXISTS "targets" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "name" VARCHAR(80) COLLATE "C" NOT NULL,
    "weight" DECIMAL(28,10) NOT NULL CHECK ("weight" <> 'NaN'),
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_targets_portfol_246718" UNIQUE ("portfolio_id", "kind", "name")
);
COMMENT ON COLUMN "targets"."kind" IS 'INSTRUMENT: INSTRUMENT\nSECTOR: SECTOR\nTAG: TAG\nCASH: CASH';
COMMENT ON TABLE "targets" IS 'How much of a portfolio should be in an instrument, a sector, a tag or cash: `weight` is a fraction.';
CREATE TABLE IF NOT EXISTS "imports" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "file_name" VARCHAR(255) COLLATE "C" NOT NULL,
    "format" VARCHAR(40) COLLATE "C" NOT NULL,
    "mapping" TEXT,
    "state" VARCHAR(40) COLLATE "C" NOT NULL,
    "problem" TEXT,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "confirmed_at" TIMESTAMPTZ,
    "undone_at" TIMESTAMPTZ,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
);
CREATE INDEX IF NOT EXISTS "idx_imports_portfol_8f1744" ON "imports" ("portfolio_id");
COMMENT ON COLUMN "imports"."state" IS 'PREVIEWED: PREVIEWED\nCONFIRMED: CONFIRMED\nUNDONE: UNDONE\nFAILED: FAILED';
COMMENT ON TABLE "imports" IS 'One file that was read into an account: previewed, then confirmed, then perhaps undone.';
CREATE TABLE IF NOT EXISTS "import_rows" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "line" INT NOT NULL,
    "part" INT NOT NULL,
    "state" VARCHAR(40) COLLATE "C" NOT NULL,
    "fingerprint" VARCHAR(64) COLLATE "C",
    "entry" TEXT,
    "problems" TEXT,
    "text" TEXT NOT NULL,
    "transaction_id" UUID,
    "importing_id" UUID NOT NULL REFERENCES "imports" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_import_rows_importi_7cadfd" UNIQUE ("importing_id", "line", "part")
);
COMMENT ON COLUMN "import_rows"."state" IS 'NEW: NEW\nKNOWN: KNOWN\nIGNORED: IGNORED\nREFUSED: REFUSED\nRECORDED: RECORDED';
COMMENT ON TABLE "import_rows" IS 'One row of a file: what was read, what it becomes, and what is wrong with it.  `entry` and `problems` are JSON.';
ALTER TABLE "instruments" ADD "cusip" VARCHAR(9) COLLATE "C";
ALTER TABLE "instruments" ADD "isin" VARCHAR(12) COLLATE "C";
ALTER TABLE "accounts" ADD "routing_end" VARCHAR(4) COLLATE "C";
ALTER TABLE "accounts" ADD "number_index" VARCHAR(64) COLLATE "C";
ALTER TABLE "accounts" ADD "institution" VARCHAR(200) COLLATE "C";
ALTER TABLE "accounts" ADD "closed_at" TIMESTAMPTZ;
ALTER TABLE "accounts" ADD "number" TEXT;
ALTER TABLE "accounts" ADD "number_end" VARCHAR(4) COLLATE "C";
ALTER TABLE "accounts" ADD "routing_number" TEXT;
ALTER TABLE "portfolios" ADD "fork_of_id" UUID;
ALTER TABLE "portfolios" ADD "fork_version" INT;
ALTER TABLE "portfolios" ADD "rebalances_itself" BOOL NOT NULL DEFAULT False;
ALTER TABLE "portfolios" ADD "deleted_at" TIMESTAMPTZ;
ALTER TABLE "portfolios" ADD "drift_threshold" DECIMAL(28,10) CHECK ("drift_threshold" <> 'NaN');
ALTER TABLE "postings" ADD "fee_kind" VARCHAR(40) COLLATE "C";
ALTER TABLE "transactions" ADD "fx_rate" DECIMAL(28,10) CHECK ("fx_rate" <> 'NaN');
ALTER TABLE "transactions" ADD "fingerprint" VARCHAR(64) COLLATE "C";
ALTER TABLE "transactions" ADD "source" VARCHAR(40) COLLATE "C" NOT NULL DEFAULT 'MANUAL';
ALTER TABLE "transactions" ADD "other_instrument_id" UUID;
ALTER TABLE "transactions" ADD "details" TEXT;
ALTER TABLE "transactions" ADD "confidence" DOUBLE PRECISION;
ALTER TABLE "transactions" ADD "import_id" UUID;
ALTER TABLE "transactions" ADD "needs_review" BOOL NOT NULL DEFAULT False;
CREATE INDEX "idx_portfolios_fork_of_a3bcfe" ON "portfolios" ("fork_of_id");
CREATE INDEX "idx_transaction_account_933a4d" ON "transactions" ("account_id", "fingerprint");
CREATE INDEX "idx_transaction_import__a52a80" ON "transactions" ("import_id");
CREATE INDEX IF NOT EXISTS "idx_portfolios_fork_of_a3bcfe" ON "portfolios" ("fork_of_id");
CREATE INDEX IF NOT EXISTS "idx_transaction_account_933a4d" ON "transactions" ("account_id", "fingerprint");
CREATE INDEX IF NOT EXISTS "idx_transaction_import__a52a80" ON "transactions" ("import_id");""",
}

DOWNGRADE = {
    "sqlite": """DROP INDEX IF EXISTS "idx_transaction_import__a52a80";
DROP INDEX IF EXISTS "idx_transaction_account_933a4d";
DROP INDEX IF EXISTS "idx_portfolios_fork_of_a3bcfe";
ALTER TABLE "instruments" DROP COLUMN "cusip";
ALTER TABLE "instruments" DROP COLUMN "isin";
ALTER TABLE "accounts" DROP COLUMN "routing_end";
ALTER TABLE "accounts" DROP COLUMN "number_index";
ALTER TABLE "accounts" DROP COLUMN "institution";
ALTER TABLE "accounts" DROP COLUMN "closed_at";
ALTER TABLE "accounts" DROP COLUMN "number";
ALTER TABLE "accounts" DROP COLUMN "number_end";
ALTER TABLE "accounts" DROP COLUMN "routing_number";
ALTER TABLE "portfolios" DROP COLUMN "fork_of_id";
ALTER TABLE "portfolios" DROP COLUMN "fork_version";
ALTER TABLE "portfolios" DROP COLUMN "rebalances_itself";
ALTER TABLE "portfolios" DROP COLUMN "deleted_at";
ALTER TABLE "portfolios" DROP COLUMN "drift_threshold";
ALTER TABLE "postings" DROP COLUMN "fee_kind";
ALTER TABLE "transactions" DROP COLUMN "fx_rate";
ALTER TABLE "transactions" DROP COLUMN "fingerprint";
ALTER TABLE "transactions" DROP COLUMN "source";
ALTER TABLE "transactions" DROP COLUMN "other_instrument_id";
ALTER TABLE "transactions" DROP COLUMN "details";
ALTER TABLE "transactions" DROP COLUMN "confidence";
ALTER TABLE "transactions" DROP COLUMN "import_id";
ALTER TABLE "transactions" DROP COLUMN "needs_review";
DROP TABLE IF EXISTS "action_bookings";
DROP TABLE IF EXISTS "model_snapshots";
DROP TABLE IF EXISTS "strategies";
DROP TABLE IF EXISTS "import_rows";
DROP TABLE IF EXISTS "portfolio_shares";
DROP TABLE IF EXISTS "tags";
DROP TABLE IF EXISTS "position_tags";
DROP TABLE IF EXISTS "strategy_members";
DROP TABLE IF EXISTS "option_contracts";
DROP TABLE IF EXISTS "portfolio_templates";
DROP TABLE IF EXISTS "imports";
DROP TABLE IF EXISTS "targets";
DROP TABLE IF EXISTS "corporate_actions";""",
    "postgres": """DROP INDEX IF EXISTS "idx_transaction_import__a52a80";
DROP INDEX IF EXISTS "idx_transaction_account_933a4d";
DROP INDEX IF EXISTS "idx_portfolios_fork_of_a3bcfe";
DROP INDEX IF EXISTS "idx_transaction_import__a52a80";
DROP INDEX IF EXISTS "idx_transaction_account_933a4d";
DROP INDEX IF EXISTS "idx_portfolios_fork_of_a3bcfe";
ALTER TABLE "instruments" DROP COLUMN "cusip";
ALTER TABLE "instruments" DROP COLUMN "isin";
ALTER TABLE "accounts" DROP COLUMN "routing_end";
ALTER TABLE "accounts" DROP COLUMN "number_index";
ALTER TABLE "accounts" DROP COLUMN "institution";
ALTER TABLE "accounts" DROP COLUMN "closed_at";
ALTER TABLE "accounts" DROP COLUMN "number";
ALTER TABLE "accounts" DROP COLUMN "number_end";
ALTER TABLE "accounts" DROP COLUMN "routing_number";
ALTER TABLE "portfolios" DROP COLUMN "fork_of_id";
ALTER TABLE "portfolios" DROP COLUMN "fork_version";
ALTER TABLE "portfolios" DROP COLUMN "rebalances_itself";
ALTER TABLE "portfolios" DROP COLUMN "deleted_at";
ALTER TABLE "portfolios" DROP COLUMN "drift_threshold";
ALTER TABLE "postings" DROP COLUMN "fee_kind";
ALTER TABLE "transactions" DROP COLUMN "fx_rate";
ALTER TABLE "transactions" DROP COLUMN "fingerprint";
ALTER TABLE "transactions" DROP COLUMN "source";
ALTER TABLE "transactions" DROP COLUMN "other_instrument_id";
ALTER TABLE "transactions" DROP COLUMN "details";
ALTER TABLE "transactions" DROP COLUMN "confidence";
ALTER TABLE "transactions" DROP COLUMN "import_id";
ALTER TABLE "transactions" DROP COLUMN "needs_review";
DROP TABLE IF EXISTS "action_bookings";
DROP TABLE IF EXISTS "model_snapshots";
DROP TABLE IF EXISTS "strategies";
DROP TABLE IF EXISTS "import_rows";
DROP TABLE IF EXISTS "portfolio_shares";
DROP TABLE IF EXISTS "tags";
DROP TABLE IF EXISTS "position_tags";
DROP TABLE IF EXISTS "strategy_members";
DROP TABLE IF EXISTS "option_contracts";
DROP TABLE IF EXISTS "portfolio_templates";
DROP TABLE IF EXISTS "imports";
DROP TABLE IF EXISTS "targets";
DROP TABLE IF EXISTS "corporate_actions";""",
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
    "eJztXWtz4ji6/isqvmxPFZPqZDrdPcypU0USp5sdAlkgc9lhyxgswBsjMZYJnd0z//3ole"
    "83sAkQ4+hDgm3ple1HF793/be2oDo22VlzpRu2QmzrudZA/60RbYH5QUppHdW05TIogwu2"
    "NjZFdQ3qqZhXNLAo0cbMtrSJzQunmskwv6RjNrGMpW1QAiRdgtFkrpEZL1tbhm1jggyC7D"
    "lGnJIwTsxr8nPNRgtNx8iwf0IEP2ELrZa6ZmO97p7yp8H89Azuq9MJv7FBZoe7xYoYf66w"
    "atMZ5i1Z/EZ//ItfNoiOv/GX56d/1PidNGKrhg4EbDX+N554ZxaeUEvHuqrZNU4Xq8sfiV"
    "ppNeEWy0d1amBTj/SUU1dcV+3npbj28NC6uRU1AZKxOqHmakGC2stne06JX321MvQzoIGy"
    "GSbYgncPdR1Zmabb1d4lBwV+wbZW2H99Pbig46m2MmEA1P5nuiIO1DpdaAY5e8QWweaZob"
    "Mzgtf8df/XfdAQkap2ugO1rwxUtZYYPfBAsd52L00ogZFnEBu64r9/Oe0G8IirNbjB9ddm"
    "790PH78TgFBmzyxRKMCr/SUINVtzSEW3BphHuiwv9BGiffaAdyHogmDKeXB6gJUM4gDS8M"
    "DPi2iY5gWAugO2cnjCfRNoXs81KxNNlyKGJX+4ExyWtYX2TTUxmdlzfvr5/QZYf2n2BLKf"
    "3wtkKf9wOZ+1jltyIYqiAHur+iN/vyIwx+kk2AXALrY+RKnkkhsDdYyn1MJJQAf4m50OaE"
    "Cx06g9nYV2oPw2gJYXjP1phgfnu7vmbwLbxbNb0u52vnjVQ4P5ut29ii/JUxtbReD2CSTa"
    "xdEOc8/JNcOe3HDkbGOB06GPUcc6QHdpz7yDaq0hg9ad0h807+4jnXLTHChQchHpEO/qu4"
    "+x5dxvBP3aGnxFcIr+2e0o8YXJrzf4Zw2eSVvZVCV0rWp6GBPvsnfpLxCIpo8h9hwujLXJ"
    "41qzdDVRQi9oVt1k0eJiEb+iEW0mOgnQhOd0JeS/03EtRXCGy/VNEvO/6biAoMxrnyE00r"
    "gIu1jabIQmdMX7UYiyzNYsfqgRHU0xmWDWQOs5RVODGGyOGVob9pyXImrqXJIlq8WY/xgM"
    "WXi6Ylli86FvmEeI5vexxczSec1UaZmu+ZRzj/l/UcFaEZXyp1IfsVBaOK1I+VnKz6e3EB"
    "dg5sJTIS+iYRopP0fxLCrWSXGugDinWbPVAsPNinDDYaJKwHxsltj/oCYHtcI/0wL2Fn9C"
    "jX8+k8K0R3w86Gv/eFAelJuC3zaXqoGc3yHpPXQ6rc6XBnIPhqT/cH2tKDdQyT8ckttmqw"
    "2XnN8huW52rpW2uOQfxpmlPPPnQ5758yF7/nxIzJ8nbLFU7V6LZEyeEEWs//gzH6r/zg+1"
    "PM3gCb6/OP/w6cPnHz5++MyriKf0r3zagHirM4jBubQofAlSVqNbk2oZiIaJYpBOgepQoL"
    "4/e3/85eim+3DVVtB9T7lu9VvdTlQEFIWC1/7TNGwBQU9ptuOLvitLFBi1YZLjDdtD4bvv"
    "YRuXdPKyKnG6KmiXoivuxfs8Sy6vlbnmirIo3BP4LJqqhfkLM8AlAfkVpSbWSDrqaeQx5M"
    "ec/lCD2r9y3IXjqtttR/iYq1acUXm4u1J6786/iy4gKcMdM3jqAhxjQFGFIX5sbnGqGebK"
    "whxPPYNpTEc9TlcF7A8tEHmYLThDoc0K2WRSSKuA+LFH+8TCgM1u1oIosTQWlM5YEO5pV5"
    "tcvJcDQtnDpe5hYaDYdS5HiffQ0ye0sJ5aR3Num2F1RWzD3KGnY9Syq8vc1a51ccdJHaOW"
    "XV22ri6JNb9vUwvrt4Z46YRRP1Ra32Tbn/IaBYz7q6VJNR3RKaJwxrB1htBgjtH42cYMaR"
    "ZGU7oiOj8H+7thof7X5vcXlx/TTfcva66wd3uaDZ7NNd6eNLpLo/sJsrunYXSvJqDiNwFm"
    "tq7Jq18Jc3BMh315mUeHfXmZrcOGspiWgxI+o20HqAI4x+kqiPd5LpvB+QabwXnSZsCM/6"
    "TgnGnv8qofz9Z1SHj3bO5ymYoCozagqOB4/fghx3D9+CFztEKRVIFKCevIElYPT/mLzAf0"
    "EZNaiowVKa9vkrIspyYXVXjVAuKWS4cEXd2VgjwZCMQmA/yc8Te7jtZzYzIH12UmJD/E8e"
    "QyEeby1APjp2BE5w2sbC5QWUhDbE4tG834I+B00ex4t87lX40Z+AS5vCj+tjT4w20ONtaN"
    "GWYpy0P2GhxQ7GcN3i65ndwKnC2yGYytdl2QI7RyPS7dehz+8obmXvGOjhLLni51T0MAzG"
    "7dHKKU6usyd3H0s5o7VjlCJRVD/MuY4FgTGCcBvuXMkjEjP+PnhDd7DFNPpx+0dJrABleD"
    "aW1pa595i40sfuAksxEd0OxfN2+U2l+vZG1xsU8ztQTdki0BuG9WgPdnfGx8b3DWG4IXgf"
    "eeagvDfAbWWzPNKH/OnMRAU2qadI2mFl1w9jydr395s0MyJKPgSz4Czh8awqJBXp9Qvxk+"
    "krDFfkIjCz/xFnWvPsO2Kxe4j0GAStwUniT0XGtqPbLccgKYkIoICdK4I407ZVgZX2rcWf"
    "K33pFZi9BKlrzU/Jq7rO6eKSJKLnu71L0tRe230tMBd7TTrA4TS4G7zB0d4k/zcj4hEsn3"
    "bBa1Aao9yNkPbjOnCelWITs0oIpK2AlOJGTRisUXuvS3P/ewqWVka8ywo1UE978OqY8QYz"
    "RFGeGN3WxNBHR/TjVEny7wmOrPfpokbSJyK0G6JcxlUVPI8m6aYvDgnFJr4egARhONUGJM"
    "NFN1a86MJ8x+4mK+aJE/FUZzjaXqKY5438I+pOA3KtUJUp1Q6rXoheoEMXOScGZbzn2Cyh"
    "nOLy7zWM55rQ2ujQnvJd1gS1N7Vou6kMbpKugqtv945aXG2Jry7y1f9edF0E4QVhDug2Sf"
    "mFl8beUCqUXd2JK8iCcIJeI5831Id8gKKxAKuEMmzM4vFM2qZ3I+qFR2Ta0lBZCaEzvDWh"
    "yvUt8kq028yqqz40FOue1XkIQ0NKGLpUaekW7oyKbCYZPxtRezOsLTKeYtPmHEa/qJcsH0"
    "OsLfVJjro6RYtp9mwXzcv2+3Bg00IqsFjClqjRCXPRAfO7wx8BId6ZjQhUGcMmrqXPTr37"
    "c6avf2VpiM75TeF6XXQIyiBTyMQwo3oiDHjUQr/kV+aUgMGAkiLeNPICayuVMJa5M53EHU"
    "/gn8U5cG+Z5Op2hBueTIq/IprE4tpwdGnnkarqKxxgzGH+2m9UvrRuncNLyGNdFaloT5Ry"
    "14FlcG8XJyujA5MmZECo2USOmzJNJndu7V7WkqTyEPa82dquIHJq4zBxv+bBwSbyo6v7zO"
    "73dX3bbKQe18UXjF8OmQBFPFO4qvM3m4qP3nqfSmV6IvgXnKMrH5JJu4pvJ05j7mCnBB8U"
    "hIbxVP4TWMWWYEWYRspzCykhmq3CiyHy8ufvjh08X7Hz5+vvzw6dPl5/d+OFmyaFNc2VXr"
    "C4SWRYZwMtYs9KUshn+MUPbArj0QYRCSfaB84yU3eGIsNDMrZDXWQHw5cYjP3EZOr182rS"
    "fKdeuu2X538bl+/j6WWDG8kMcTXKbpcnIgna7KkQAnooHpypoUUk4GFGXmZ0qjlpR7/lRb"
    "aRPu64S0l1tGixNKU1Xc8xVk6qJpTUI0ci+RjR41wQBMAlzYr6YVaew0h+tW75rElI342P"
    "T4WtJrXQ9qyUF8bIDLOXy34huevBnQvk6E0C3GUXVc+Hp9Yw42XiOnZreJeA2sLUAL+eeK"
    "2qB0BXWoCLhHhg0KV6KzhruXuJ65h7gI1Xfidpx2oEWhCrWNyWNS93usG4vgolC2y1EdWu"
    "J3NhEwMnVw/BEFcGeC3KoiUdUIaSY4Ay20Z6TpTzBVxC7pIxtbixGaWXTtbvgmbuc8KL/7"
    "kAg3ImgislEc+B25zUS3iYP2im8Sl6m2fd1EUiXytdiXUi9bW4uXdJIiN2azCj6BZLziAi"
    "JsDkHSRMRNOqcwVWV2STmyuikzoDhbUx0iedOaasbF5jR7zYbx6hFUZrTuLcnZQrMesb2b"
    "/iJCK7UXpdZeiK9p8W3c4mQyUWDKHAqxr0XYkhiZVGKkoSpz7b+BxQlksQKLklddfs0HaY"
    "q/19Oc3FpOh6aqT5zC+jYdCphQF3mz2Q8iCgjQG4D+oY4e8dJLVLieGyYGDzPbcXxjqzE0"
    "AVvEwybya40hba09o4lG+J89maPVMqk5OeSNXqB1MDVmq7sJcQnS/cym19VEHFGUk/qJI/"
    "AAU8PaeYAnaavEvB5ZXbHUnmGTj2QPZO8TGCKphC/BJobrEBsEWniCjacX+BaEqaV0XjoG"
    "uCR8W8jcmMK4RY2R2ZxbYDAtEJVuz3n/OuwSBHNraGkZE8g4DSEFY7AFOfYowWAZtm+Ngp"
    "sCGzbWLJYed763ll/Am0lH/uM78ju9W0CUDAiqw/7ubwOM58WYFgohDygqZ9f84SKHXfOH"
    "i0y7JhTJvYeOGU9b/aieQff65wYSP0OiDG4biP8bkruHwUOzrd4+QIBO6GRIWp0b5bcGEj"
    "9D0r0ftLqdBnJ+h6THWaEGgv/xj+prRfM47h1FJkmYpgrbkscwzgNxNsIJB/yVZXHh+LkI"
    "wGGaMs+OXZf5PKt89iKf8MDHk9SQng2fUJ+iesN3/w74kxUzlsWGr0tQPXR/zAHuj5nY/h"
    "iH1mBGiqU4G1mvfvWAPc/D+p1ns37nCdbP000W9gFKEL5tTyAZ37T/5bUkeqk27wVm/wNs"
    "brUUxVS4uL5JM+VY7fKbE03RsGPsE/spEBQot84Q+tUybBsT4WRsYU1HGkMjV33iOESdCe"
    "DPxLOlJOA41E1eoqoqZWjTqwr/h9FPCTVkEuDtIa8+4YtjXsu2hO096HVp4SeDrpg6MSnb"
    "Eex4CzLSeAvosP/ELlB7dBLgLQDPjdlOsfIenQR4C8AmXe+Cr0sm4d0C7xMgVtCDI6CRaU"
    "1knMnRpcud/C6ku0VJ3S2ka83b7OtNOqLtdsDT0BfVvrb6g27v9wZyD4akp9y3m/yC8wvn"
    "fY5jW7mBS+5hOax8pxSDWgn24EUKvnxZRboEDyj/l5hch8gpUgY90d4yiuxPgdoV73JNia"
    "f0TOhQYzXqm9SoVNSF9xSVC+UwDis3vcy74GDhOh44m7sgDVlcVrWRTRtotOCdZCxNA1z1"
    "wgmA+YmOLfOZd0lWauMD3k2qWMuvYhXduuvn3icu9df+utluNxD8H5L7h0ED8X8l+Zbbz+"
    "buvJZHXGrwlYde915pdhrIOxqS5p3CV2+45h2VpTss43EnFXhAKQ0O21RbYpPWFB+qTTmn"
    "PYo3rWAJPrtJ8DIZ/yjR8Vj/8/dlDgKObE/qMy1FNymNEx42HvE0eI2EtJQGdBLlV8+rWE"
    "YhKDHA9pD7TwqkpyKQNp39P2spkqhXVN8kgrr7h+ZOsrh0d63R0JJa9pSaBnVyAAoBb02Q"
    "rX1D1sqEjUVFMsGgmhM05vYNhPun5VLce/sy2Kx0q399g6Qp9yzde7y/DImSIVEvks4Hzd"
    "+aV22lgdyDIfn5w/vzBoL/Q9LrDr6qrV6zgbyjIRn0mjctUAw2205R7MKQ9JV7p8Q9GJKv"
    "fX7G/w2JcvNw3YTK6uXFjw0UOS2HDsBgPnqJjr+i1MQayfLnDxPGen1M6cFkf//KcZepq2"
    "63HTFqXrXiWRoe7q6U3rvzmGYgKYEBb2XYq/SdZDZEUETJqhdIcZA1LSvmOzszSWbQ90lC"
    "fOy8JA56Ks76kmzC3KOqAu4Hjcx04RKvtgPMPl31gP6YB+mP2VB/TGBtUb7kkplafCFJUl"
    "YB76MnOnJRLLiixMiqgPxhg73l9uJvxOVNhK3s2tFhWpk1t8zd7KsTC6qg4nTSyrPRyuPD"
    "tQcjz324rZPEdqtdIT66SrW9U1MooK8ofXReNcUQEa5Q32yOEB5xY6du7ghjkRt4Qi2OE+"
    "975O6q5PqbObG9sC2RQcTWRY7J428MmVifYcvZrmn8DMmGYbOlYF+mBqKwxxFvfcFHd1rU"
    "8fFunGLH+MOz3rijwgWPn/xLmjheW/8uTRwHhzgUVeSP/AKQRogkpHIX3jfL9EY/I/nnT5"
    "hKTqDYBAp9zouu9QlKKU1slCa0wNPlhbJEyGfmNAftVlEiOmtzbMEbGo17AHgQbe0kB+9W"
    "jJMTuFQC2x2XS2opcpq4Xt8knoFEUyhKKezFpTG05mdzEGtAPBJaMW/nFzc+vg5JmQxbVH"
    "4k4O8lNrP1pClxfaHpKa5jR7hfqggWF829QH8pgr36t1iKYEdkd2ROjJ1DNorvICk3j9wc"
    "rSFzMB86B7NNbc1UnzRztVMoXIz8bWZ6+pw7Gs4gT5iBqXhnwJMtSMw3Yz7R2Fwda6aWmk"
    "ZjO+Jxeon3Frw5f8HxYgbbCe0ItcR6M9ZSuft2lLun4dFQlu6tpEtDKRWRpfZpuIOfPtGW"
    "bE5TgyujFeoblWZwSWVu3WLqsym1HtGE3xrZ1FFNucoqpj1hHfbe4+OTd98IvAz+3oeNh8"
    "aYE/EWtamNLeFhoBvTKQbZJlttdoj7yMjL0i1fdakTk5GXr6J+OEiUklSc7Vtx5qzySUA3"
    "hGv4FJUYtceO05ABBFIO2/yJlZ7lVRHDyuiqUGopLMA/RQKLdE629OW/YP4UNx4FiD0uwy"
    "DkHvAK8FIkgx8BpKRxN50KeXykZrV5YZNDMiRNR0h7x2uN4EilU95no++4IDYzCHOy5EB7"
    "FKQt38kcrZYg0zkk3q1/4jKeJjzTPV0euKgb4gp/bKzXEaE2l2yyk+j8UaNrAlGxYtgYOl"
    "4sqQ32M/URPye8H/6ISgpRUqe2FASlIHhSHEgBQTA83vMiGqaRgErJ+qiSdfjJEjBnC4Mx"
    "siqEjx9bIBxrDKu7+K8kCCs41vfsxHIi+qNTyZEbZwILDN4U0iosHkdYqQ2yXNmqbsy4zF"
    "AI8Rhd9eDef1KbQOwqwshFqV7Aym1H+zS0NwlIi6/DcbIK7WW4t+VYt4yprdpzDv6cmilD"
    "drtXVUoTb9O1qsDOBRZ2nf6YatgMm9Mk8BtTRKbSy0yRBTJFSpvKW7GpOKrqHXs6SizTMp"
    "WtoxNGntcyQjADoB9oqcltwsX1zYYIp6JqawUT23iUdQQ7uyNqgUJ/Qhecwsl5z1vMTE6T"
    "mzhXdGM0ejix3QFvS6afKQWHLdX7B4dY5s84KKjl3NyxEtCehivKCQLrfv+KLKya3Besce"
    "J+PaccXhEbvXsA12WET3LIbs/soqXusnbd7F83b5TX85NidkbuTa+ovkU0sfOn2+wSjEyD"
    "YGebrkjWygUl+BlciUaeIXJUB5FjJDaAHgmK8FbSSalln42D19Rg7rTHEg0itlqALIRBC2"
    "o+o/fQtNhSzGteBLV4F2MPvT24JSk8QVZT6eskhaGSf1okc1lOYKWUeQBQxZqcgDPf5m0e"
    "bZkdbYA1+Qr72ve/DsnXbvum1fnSbyDvyN2qrfPF3aKt82VIrpv3rUGzDUTiYEhuFYXTwP"
    "8haXWuu3dKAzm/Q9K8hq3ZeLF7EP+i57HU73+DtldJAFQy/f9BXae0RXrGze025YDybZqS"
    "i2T9KYEG7HQwLrDqC4lhl8HrE77NsVvADWKKsfqSnVHD9CVejWv8K3jX6vdbkBIhOIYNTq"
    "9hc9Nr/oVt3sLWqbdD0h18VXoNJH7K8Z2USaqPpsCUeZSrlke5zxcyXEtRujkF9VxhiSqD"
    "ykUcAhhd4DHVnxFvE9IUPyOGsdCETeYamfFDLRpwODd4M6rDd7FRA635UJvbTKi3LGyvLM"
    "LqaLyyEaGOki3DmeBIN87liLBiTnCUdDV4dbZKateOybmywoGEIRL5iY7pKrG1MDLyVudj"
    "U6MtlFoT9EtL+RXYT+d3SJSb1qDLz53fcvCjkS9Gsk82Ok4naKXTtHSalr60CadpaaCRHi"
    "sn7LHySrKeDYjPnmtp4p5XVt8k8TGnlpFX1msiuA0kffF9uJm3e02wy40NgtkYm5TMkCcx"
    "iU1tIBOMiWeu3wNb8hVa53JFWnaag90nlyQnwJRi3KtzxVKMO6LgIfOXyPwlrz5eZULLUv"
    "WGlCPe8MdByhFvS464w4ux4IgzpQm3Rh6Z4lldiMoFUlw6jH6YrWfgDM05eLfJurDS8EuE"
    "Ohkl0/Na7thOqmSwKbhUCgivzr1KAeGIAoJ09pUhpacErf8lKgZsjEzaJzdygiykaHwhIx"
    "jWWZ4kslvZwNjQKlO8XkYqka0pRPJnDmnC1ue6GxInMgn/jUVVvGnsXC6arbnApUK3DMuI"
    "5NeO+v2TGb6lhnx/EEY15Jd5FOSX2frxy5S9dk1qFUHXJ6iCSjyK7qakmh64nzKx/ZSAVu"
    "q/K6z/TjDnr8VAWpz7SuchRckWNhLq5OQkv9I1Wqwmc8e+HzgEsDldmToaY8iQEMm7AG7g"
    "DE9sCg4CkF5OeIhrbN5AI8cDXGx9o6GplbVjzrFumstBwYtCknxtOXgEydcekQ17SQjfi8"
    "L3juUV3er0B72HO6UzgJh271jE7wnvaOcXovggRr4p4uO9iPr4uvU6PtOSU/bB/ZwH3M/Z"
    "4H5OgOt8O5Lwbg8VDihfHCtcNtD3HiwsXQmkK4F0JSgqBODFEvaKrKWJAV7ZRkEgeD3brZ"
    "9bvezIEEgzTTrRAhcAT3OMHjFeetpjbwNOL/M0hIYGhIIv/3u/2xHuxCNXOBkhzcJpOurj"
    "3VgquqVAIL8oUtF9YEAl+y5dwV99vB7EFTz41BYBPkpViVEuffBPpTekDSK/+BHKQJQmgU"
    "QTFG2wRgQVCySgxsS2nsE84MQfwk73/AnxE/aS0cAW9uLU3eYpPdV08WYgqfTISTIgBIg1"
    "SB9gaPAI0Pi5Hs1SzcWOrqXzNgwi7rPQrEds/42LJXwCQRvv+AvrWIU5VUcM81nCJe/vfu"
    "I3svCEclKYjeJufG6aggxEGR3bmmGy4DEMmyFQuvJHxjpDY8wMHTd4RYebDwSiswV9wmA2"
    "4cRry+Byn5uTR9PZkBg2tD79psKkDlqHgFDIfwdwBS/HBStme2/m34G/HOxHHKTSpk4F8a"
    "LIeVEYT7xlbOEh4WXPIHiJSgziUbkARyiCJ0BrLp498hlAxGPx3sPWknciR8TGpsmEIWgB"
    "t+bgW3SNtBm8bW77jgd4jQ/3ZGl8Z9q4vJekCDozR+uJHZQ2EMd9gn0gZFJxKXWe4Ne2iH"
    "uxNxESiGZuERsmOd5e3YeUlfa8P2zlTXtXD783EP8Hxrx2G0x57TY//trtcZpmW+FX/OMh"
    "ue7+ovRUcQUyefonQ3LT+qV1o3RuGsg7GpKe0ur8wtk35UYNilMuQs3BQ6+jdm9VP7F24h"
    "Kk1R4ooFAGI6RzJNJui6zb8GydQa919TBw04wGZ0MCTOZNr/krNBwcc5qHXk/pXP+uKr/x"
    "idb5wttKXBLpvzv9W/6urY5IAe6dhEq6D4NQET/jGN63W/yi+IGzFrzMLVxwjobkTul9gW"
    "RTzi+v8/vdVbetek8SOR2S7j28i9q9V/hThE78Ei7k9BW/SJz5ZcpvSu+6FSr2Lvg1mv1+"
    "60vHsfEmLoXauW/1fg+1AqfQf3wo9J1uc47KYfaNcgrRSQwSXsZnJkK1Sborz0Tei12SS2"
    "uJb4ptm4ILLoxiCumbhrIUgVWno20rom4HuUXdGd8McolyFOU/V5z3NuyUwKrtfh5hWpkV"
    "fpujh2WkMfHbUfYJJcRbIJ5ivNPWBh7d2wQ4/64cpdj55JTYhV1AfpX9e8oG6kE38HHVuz"
    "utFAHp21wsCqzGro6+mOXZJ5FW5+LGT0LTRnU23F59iXVxrBldWWn8XD4lYkB9vOW6dtfs"
    "PLgqnAKqRIeqgZzfIWnd3Qs9ofMLCroeP+CCsepsgwdKuuiVIblvN/l1+F8OBZJjMysqsI"
    "eJDipGnka2jsgnNWSRK8C3xMiqsA5Fh+7HDzmG7scPmUMXiuLxy2Rq6OkGoVuTahlLfZQs"
    "BvQU6E4P6k0cS/fhqq2g+x7nXGBTssgi7xRG2ZiewlfG2NcUPAlUCz8ZeJ3EeuN+DHFSuR"
    "1Dge0Y4m4HBdaTFNIKikMH8RU1yHJlq7oxw6zQEh6nqyDe+1/EQ75NKRzINjfFGLX0Uyyd"
    "n2JqX49TlrJsbjNGJs0Wp5Yk8vSYeBmKeiBgLXCjZZgVxDVGJpcAGeB7/ADflEV3DwA3g5"
    "ZOcqXdim70S5MDW2+y7wHcYhskx9eG7W7LJYA3tjSWKji9JfSEtZTAELekvikmxNEyFggH"
    "mRomdgLBIVhA7EHFcaMQGuAOwgZaOqoICOmw55ggoQ2yFv75EltzbcnQiuiUpMSeH/A+KX"
    "EKMqz8tVkX6eAvRZnTBhVWq4KIhkgknGlwFg3XjxBVUC94cXmZRw97eZmth4WyGNLUWqRp"
    "BTfA7FNUEOP9234XnPeC+ycQzvaTCJFUwUR5dFcJO9XbKqenhJ3ub1WqwV277ylib/mbBv"
    "IPRezSbat3B1f9wyF56Nx0O0oDOb9DcttstaGK8xvnvV9nkiwtygFcFJkkIRI5SXZPXFHM"
    "ShClkmyLzAbyRq1svqZhx76Oke+ht09oPTu1znbUR7v1dIRWdnOZu/k07JGnYec9TcNZGU"
    "0PpU6M61gYemJCZZgfoLC+3QKhWnRdwAoByYfEjhWg9Gk4WZM8O0HdS9GExhhy0TJnY1zn"
    "IkNri5IZWhv2HDnpl0RmqpGoM3KlCic3rUhZm26dOPL9U7MrOcDxh3JHhmkQZ6poli2T5b"
    "72CliXVo1jil7e4I+imZmyyJ8rMl1R0iNaLCD5sfSqHw/L9ycC5BvQRHaUXxuI/xuSnzvd"
    "XzsNJH6GpPWl0+2BmtE9gOw+tw99ReRuEgdw5brbu3EuOUfl0EbK6KJjOaYL1qeI1tcnqA"
    "K6x9b5eszlDmp2GSO9I+Y2R7YI3l79Mi/65QU78EQsylwnKKX7c1oMcyBt5pYYY3RSctms"
    "HvPx2oN6LHAAPU1ktyrH4oOrVMqxJraMybyWohlzS+qb1GJaUGebRiwb1j17u2aKgKlTO0"
    "UAdPvwZfqg0kvS2Yof8CJP3aQjW6oIkVSCJziCTxtMqgIIu9UriO55rsjt8w2R2+fJyG1+"
    "RxunScagrc40d3skcROoMbHR/yHTYCf8mUoDF8DYzN/GWdkYpwANXKWxCsf8mP31/wrHwI"
    "o="
)
