from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE = {
    "sqlite": """CREATE TABLE "audit_entries" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "actor_id" CHAR(36),
    "action" VARCHAR(80) NOT NULL,
    "subject_kind" VARCHAR(80) NOT NULL,
    "subject_id" CHAR(36) NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "recorded_at" TIMESTAMP NOT NULL
) /* One change, written in the transaction that made it; never updated, never deleted. */;
CREATE INDEX "idx_audit_entri_tenant__ef66ad" ON "audit_entries" ("tenant_id", "subject_id", "recorded_at");
CREATE INDEX "idx_audit_entri_tenant__b9d896" ON "audit_entries" ("tenant_id", "actor_id", "recorded_at");
CREATE TABLE "jobs" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36),
    "kind" VARCHAR(80) NOT NULL,
    "arguments" TEXT NOT NULL,
    "state" VARCHAR(40) NOT NULL /* QUEUED: QUEUED\nRUNNING: RUNNING\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED\nCANCELLED: CANCELLED */,
    "version" INT NOT NULL,
    "progress" REAL NOT NULL,
    "attempts" INT NOT NULL,
    "run_once_key" VARCHAR(200),
    "cancel_requested" INT NOT NULL,
    "result" TEXT,
    "failure_code" VARCHAR(80),
    "failure_message" TEXT,
    "created_at" TIMESTAMP NOT NULL,
    "due_at" TIMESTAMP NOT NULL,
    "started_at" TIMESTAMP,
    "lease_until" TIMESTAMP,
    "finished_at" TIMESTAMP
) /* One job.  `attempts` counts the starts and fences: who finishes with an older number is refused. */;
CREATE INDEX "idx_jobs_state_1be2a7" ON "jobs" ("state", "due_at");
CREATE INDEX "idx_jobs_tenant__c9c1df" ON "jobs" ("tenant_id", "owner_id", "id");
CREATE INDEX "idx_jobs_run_onc_97f705" ON "jobs" ("run_once_key", "state");
CREATE TABLE "files" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "content_type" VARCHAR(100) NOT NULL,
    "size" INT NOT NULL,
    "sha256" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* One upload of one user.  The bytes are found by their SHA-256. */;
CREATE INDEX "idx_files_tenant__480bb7" ON "files" ("tenant_id", "owner_id", "id");
CREATE INDEX "idx_files_sha256_5b08ba" ON "files" ("sha256");
CREATE TABLE "users" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "email" VARCHAR(254) NOT NULL UNIQUE,
    "display_name" VARCHAR(80) NOT NULL,
    "password_hash" VARCHAR(200) NOT NULL,
    "granted_roles" VARCHAR(200) NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* Somebody with an account.  `email` is in the one form that `canonical_email` gives; nobody else has it. */;
CREATE INDEX "idx_users_tenant__b7a83c" ON "users" ("tenant_id", "id");
CREATE TABLE "sessions" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "opened_at" TIMESTAMP NOT NULL,
    "refreshed_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "revoked_at" TIMESTAMP,
    "user_id" CHAR(36) NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
) /* One sign-in, and the family of all refresh tokens that follow from it. */;
CREATE INDEX "idx_sessions_user_id_8976f0" ON "sessions" ("user_id", "expires_at");
CREATE TABLE "refresh_tokens" (
    "digest" VARCHAR(64) NOT NULL PRIMARY KEY,
    "issued_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "used_at" TIMESTAMP,
    "session_id" CHAR(36) NOT NULL REFERENCES "sessions" ("id") ON DELETE CASCADE
) /* One refresh token, by the SHA-256 of its text, which is stored nowhere.  Used once, but for a short grace. */;
CREATE INDEX "idx_refresh_tok_session_c1bb56" ON "refresh_tokens" ("session_id", "expires_at");
CREATE TABLE "feeds" (
    "name" VARCHAR(40) NOT NULL PRIMARY KEY,
    "epoch" CHAR(36) NOT NULL,
    "sequence" BIGINT NOT NULL,
    "session" DATE NOT NULL,
    "second" INT NOT NULL,
    "market_at" TIMESTAMP NOT NULL,
    "data_version" INT NOT NULL,
    "lease_owner" CHAR(36),
    "lease_until" TIMESTAMP,
    "term" INT NOT NULL
) /* A stream of quotes, and where it stands: changed in the transaction that stores the quotes of each tick. */;
CREATE TABLE "feed_frames" (
    "last_sequence" BIGINT NOT NULL PRIMARY KEY,
    "epoch" CHAR(36) NOT NULL,
    "first_sequence" BIGINT NOT NULL,
    "payload" TEXT NOT NULL,
    "received_at" TIMESTAMP NOT NULL
) /* The quotes of one tick, kept for a while so that a subscriber who was away can catch up. */;
CREATE TABLE "instruments" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "number" INT NOT NULL UNIQUE,
    "symbol" VARCHAR(32) NOT NULL UNIQUE,
    "name" VARCHAR(200) NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* STOCK: STOCK\nETF: ETF\nMUTUAL_FUND: MUTUAL_FUND\nINDEX: INDEX\nOPTION: OPTION\nRATE: RATE */,
    "exchange" VARCHAR(4),
    "currency" VARCHAR(3) NOT NULL,
    "sector" VARCHAR(80),
    "cusip" VARCHAR(9),
    "isin" VARCHAR(12),
    "first_session" DATE NOT NULL,
    "source" VARCHAR(80) NOT NULL
) /* Something that has a price.  `number` stands for it in the table of bars. */;
CREATE TABLE "corporate_actions" (
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
CREATE INDEX "idx_corporate_a_ex_date_1bb6fa" ON "corporate_actions" ("ex_date");
CREATE TABLE "quotes" (
    "price" VARCHAR(40) NOT NULL CHECK ("price" NOT GLOB '*[Nn]*'),
    "previous_close" VARCHAR(40) CHECK ("previous_close" NOT GLOB '*[Nn]*'),
    "open" VARCHAR(40) CHECK ("open" NOT GLOB '*[Nn]*'),
    "high" VARCHAR(40) CHECK ("high" NOT GLOB '*[Nn]*'),
    "low" VARCHAR(40) CHECK ("low" NOT GLOB '*[Nn]*'),
    "volume" BIGINT,
    "session" DATE NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "received_at" TIMESTAMP NOT NULL,
    "source" VARCHAR(40) NOT NULL /* HISTORY: HISTORY\nREPLAY: REPLAY\nRESAMPLED: RESAMPLED */,
    "sequence" BIGINT NOT NULL,
    "instrument_id" CHAR(36) NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
) /* The latest quote of an instrument.  Written and read as `domain.market.types.Quote`. */;
CREATE TABLE "option_contracts" (
    "right" VARCHAR(40) NOT NULL /* CALL: CALL\nPUT: PUT */,
    "style" VARCHAR(40) NOT NULL /* EUROPEAN: EUROPEAN\nAMERICAN: AMERICAN */,
    "strike" VARCHAR(40) NOT NULL CHECK ("strike" NOT GLOB '*[Nn]*'),
    "expiry" DATE NOT NULL,
    "multiplier" INT NOT NULL,
    "underlying_id" CHAR(36) NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "instrument_id" CHAR(36) NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
) /* What an instrument of the kind OPTION gives a right to: `multiplier` units of the underlying. */;
CREATE INDEX "idx_option_cont_underly_8bd57a" ON "option_contracts" ("underlying_id");
CREATE TABLE "portfolios" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "base_currency" VARCHAR(3) NOT NULL,
    "version" INT NOT NULL,
    "idempotency_key" VARCHAR(200),
    "input_digest" VARCHAR(64),
    "fork_of_id" CHAR(36),
    "fork_version" INT,
    "drift_threshold" VARCHAR(40) CHECK ("drift_threshold" NOT GLOB '*[Nn]*'),
    "rebalances_itself" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "deleted_at" TIMESTAMP,
    CONSTRAINT "uid_portfolios_owner_i_0c7275" UNIQUE ("owner_id", "idempotency_key")
) /* A portfolio.  `version` is the sequence of its latest transaction. */;
CREATE INDEX "idx_portfolios_fork_of_a3bcfe" ON "portfolios" ("fork_of_id");
CREATE INDEX "idx_portfolios_tenant__29f297" ON "portfolios" ("tenant_id", "owner_id", "id");
CREATE TABLE "accounts" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* TAXABLE: TAXABLE\nK401: K401\nROTH_IRA: ROTH_IRA\nTRADITIONAL_IRA: TRADITIONAL_IRA\nSEP_IRA: SEP_IRA\nHSA: HSA\nEDUCATION_529: EDUCATION_529 */,
    "is_default" INT NOT NULL,
    "institution" VARCHAR(200),
    "number" TEXT,
    "number_end" VARCHAR(4),
    "number_index" VARCHAR(64),
    "routing_number" TEXT,
    "routing_end" VARCHAR(4),
    "created_at" TIMESTAMP NOT NULL,
    "closed_at" TIMESTAMP,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
) /* A part of a portfolio with its own tax rules; each portfolio has a default one. */;
CREATE INDEX "idx_accounts_portfol_3a1c65" ON "accounts" ("portfolio_id");
CREATE TABLE "marks" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "session" DATE NOT NULL,
    "version" INT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "total_value" VARCHAR(40) CHECK ("total_value" NOT GLOB '*[Nn]*'),
    "invested_value" VARCHAR(40) CHECK ("invested_value" NOT GLOB '*[Nn]*'),
    "cash_balance" VARCHAR(40) CHECK ("cash_balance" NOT GLOB '*[Nn]*'),
    "cost_basis" VARCHAR(40) CHECK ("cost_basis" NOT GLOB '*[Nn]*'),
    "recorded_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_marks_portfol_d430ed" UNIQUE ("portfolio_id", "session")
) /* What a portfolio was worth at the close of one session, as it was known when the mark was made. */;
CREATE TABLE "model_snapshots" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "version" INT NOT NULL,
    "result" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
) /* What a fork came to when it was saved.  `result` is JSON: before, after and difference. */;
CREATE INDEX "idx_model_snaps_portfol_1ded7f" ON "model_snapshots" ("portfolio_id");
CREATE TABLE "portfolio_shares" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "user_id" CHAR(36) NOT NULL,
    "permission" VARCHAR(40) NOT NULL /* VIEWER: VIEWER\nEDITOR: EDITOR */,
    "hides_amounts" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_portfolio_s_portfol_0d1d8b" UNIQUE ("portfolio_id", "user_id")
) /* That somebody else may see, or change, a portfolio.  `hides_amounts`: weights and returns, but no money. */;
CREATE INDEX "idx_portfolio_s_user_id_78c600" ON "portfolio_shares" ("user_id");
CREATE TABLE "strategies" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMP NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_strategies_portfol_bc13fe" UNIQUE ("portfolio_id", "name")
) /* A name for positions of one portfolio that belong together, as the legs of a spread do. */;
CREATE TABLE "strategy_members" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "instrument_id" CHAR(36) NOT NULL,
    "strategy_id" CHAR(36) NOT NULL REFERENCES "strategies" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_strategy_me_account_95e4e1" UNIQUE ("account_id", "instrument_id")
) /* A position that belongs to a strategy, and to no other. */;
CREATE INDEX "idx_strategy_me_strateg_0e4786" ON "strategy_members" ("strategy_id");
CREATE TABLE "tags" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    "color" VARCHAR(7),
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_tags_owner_i_659ea0" UNIQUE ("owner_id", "name")
) /* A word of an owner's for positions. */;
CREATE TABLE "position_tags" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "instrument_id" CHAR(36) NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "tag_id" CHAR(36) NOT NULL REFERENCES "tags" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_position_ta_portfol_d11d94" UNIQUE ("portfolio_id", "account_id", "instrument_id", "tag_id")
) /* That a position, open or to come, has a tag. */;
CREATE INDEX "idx_position_ta_tag_id_cca2d4" ON "position_tags" ("tag_id");
CREATE TABLE "targets" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* INSTRUMENT: INSTRUMENT\nSECTOR: SECTOR\nTAG: TAG\nCASH: CASH */,
    "name" VARCHAR(80) NOT NULL,
    "weight" VARCHAR(40) NOT NULL CHECK ("weight" NOT GLOB '*[Nn]*'),
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_targets_portfol_246718" UNIQUE ("portfolio_id", "kind", "name")
) /* How much of a portfolio should be in an instrument, a sector, a tag or cash: `weight` is a fraction. */;
CREATE TABLE "portfolio_templates" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "owner_id" CHAR(36) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" TEXT,
    "allocation" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_portfolio_t_owner_i_435b55" UNIQUE ("owner_id", "name")
) /* A target allocation that an owner keeps for portfolios to come.  `allocation` is JSON, as `targets` are. */;
CREATE TABLE "transactions" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "sequence" INT NOT NULL,
    "kind" VARCHAR(40) NOT NULL /* BUY: BUY\nSELL: SELL\nSHORT_SALE: SHORT_SALE\nCOVER_SHORT: COVER_SHORT\nDIVIDEND: DIVIDEND\nREINVESTED_DIVIDEND: REINVESTED_DIVIDEND\nRETURN_OF_CAPITAL: RETURN_OF_CAPITAL\nINTEREST: INTEREST\nFEE: FEE\nCONTRIBUTION: CONTRIBUTION\nWITHDRAWAL: WITHDRAWAL\nCURRENCY_EXCHANGE: CURRENCY_EXCHANGE\nTRANSFER_IN: TRANSFER_IN\nTRANSFER_OUT: TRANSFER_OUT\nSPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nOPTION_OPEN: OPTION_OPEN\nOPTION_CLOSE: OPTION_CLOSE\nOPTION_EXERCISE: OPTION_EXERCISE\nOPTION_ASSIGNMENT: OPTION_ASSIGNMENT\nOPTION_EXPIRY: OPTION_EXPIRY\nREVERSAL: REVERSAL */,
    "trade_date" DATE NOT NULL,
    "settlement_date" DATE NOT NULL,
    "instrument_id" CHAR(36),
    "other_instrument_id" CHAR(36),
    "quantity" VARCHAR(40) CHECK ("quantity" NOT GLOB '*[Nn]*'),
    "price" VARCHAR(40) CHECK ("price" NOT GLOB '*[Nn]*'),
    "fees" VARCHAR(40) CHECK ("fees" NOT GLOB '*[Nn]*'),
    "amount" VARCHAR(40) NOT NULL CHECK ("amount" NOT GLOB '*[Nn]*'),
    "currency" VARCHAR(3) NOT NULL,
    "fx_rate" VARCHAR(40) CHECK ("fx_rate" NOT GLOB '*[Nn]*'),
    "details" TEXT,
    "note" TEXT,
    "source" VARCHAR(40) NOT NULL /* MANUAL: MANUAL\nIMPORT: IMPORT\nCORPORATE_ACTION: CORPORATE_ACTION\nPLAN: PLAN */,
    "import_id" CHAR(36),
    "fingerprint" VARCHAR(64),
    "confidence" REAL,
    "needs_review" INT NOT NULL,
    "idempotency_key" VARCHAR(200) NOT NULL,
    "input_digest" VARCHAR(64) NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "recorded_by" CHAR(36),
    "account_id" CHAR(36) NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "portfolio_id" CHAR(36) NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "reverses_id" CHAR(36) REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_transaction_portfol_5157fd" UNIQUE ("portfolio_id", "sequence"),
    CONSTRAINT "uid_transaction_portfol_9a289c" UNIQUE ("portfolio_id", "idempotency_key")
) /* One entry of the ledger: never changed, never deleted. */;
CREATE INDEX "idx_transaction_import__a52a80" ON "transactions" ("import_id");
CREATE INDEX "idx_transaction_account_32bfeb" ON "transactions" ("account_id");
CREATE INDEX "idx_transaction_portfol_1441f3" ON "transactions" ("portfolio_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_portfol_343fc7" ON "transactions" ("portfolio_id", "instrument_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_account_933a4d" ON "transactions" ("account_id", "fingerprint");
CREATE TABLE "action_bookings" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "action_id" CHAR(36) NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "account_id" CHAR(36) NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "transaction_id" CHAR(36) NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_action_book_account_d954e2" UNIQUE ("account_id", "action_id")
) /* That a corporate action of the market is in an account's ledger, and by which transaction: once at most. */;
CREATE INDEX "idx_action_book_transac_090028" ON "action_bookings" ("transaction_id");
CREATE TABLE "postings" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "portfolio_id" CHAR(36) NOT NULL,
    "account_id" CHAR(36) NOT NULL,
    "book" VARCHAR(40) NOT NULL /* CASH: CASH\nHOLDINGS: HOLDINGS\nTRADING: TRADING\nCAPITAL: CAPITAL\nFEES: FEES\nINCOME: INCOME\nACTIONS: ACTIONS */,
    "currency" VARCHAR(3),
    "amount" VARCHAR(40) CHECK ("amount" NOT GLOB '*[Nn]*'),
    "instrument_id" CHAR(36),
    "units" VARCHAR(40) CHECK ("units" NOT GLOB '*[Nn]*'),
    "fee_kind" VARCHAR(40) /* COMMISSION: COMMISSION\nSEC: SEC\nTAF: TAF\nOTHER: OTHER */,
    "transaction_id" CHAR(36) NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT
) /* One line of a transaction: money in `currency`, or `units` of an instrument. */;
CREATE INDEX "idx_postings_transac_3738db" ON "postings" ("transaction_id");
CREATE INDEX "idx_postings_portfol_a0f903" ON "postings" ("portfolio_id", "book");
CREATE TABLE "imports" (
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
CREATE INDEX "idx_imports_portfol_8f1744" ON "imports" ("portfolio_id");
CREATE TABLE "import_rows" (
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
) /* One row of a file: what was read, what it becomes, what is wrong with it.  `entry` and `problems` are JSON. */;
CREATE TABLE IF NOT EXISTS "aerich" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" VARCHAR(255) NOT NULL,
    "app" VARCHAR(100) NOT NULL,
    "content" JSON NOT NULL
);""",
    "postgres": """CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "actor_id" UUID,
    "action" VARCHAR(80) COLLATE "C" NOT NULL,
    "subject_kind" VARCHAR(80) COLLATE "C" NOT NULL,
    "subject_id" UUID NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "recorded_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "idx_audit_entri_tenant__ef66ad" ON "audit_entries" ("tenant_id", "subject_id", "recorded_at");
CREATE INDEX "idx_audit_entri_tenant__b9d896" ON "audit_entries" ("tenant_id", "actor_id", "recorded_at");
COMMENT ON TABLE "audit_entries" IS 'One change, written in the transaction that made it; never updated, never deleted.';
CREATE TABLE "jobs" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID,
    "kind" VARCHAR(80) COLLATE "C" NOT NULL,
    "arguments" TEXT NOT NULL,
    "state" VARCHAR(40) COLLATE "C" NOT NULL,
    "version" INT NOT NULL,
    "progress" DOUBLE PRECISION NOT NULL,
    "attempts" INT NOT NULL,
    "run_once_key" VARCHAR(200) COLLATE "C",
    "cancel_requested" BOOL NOT NULL,
    "result" TEXT,
    "failure_code" VARCHAR(80) COLLATE "C",
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "started_at" TIMESTAMPTZ,
    "lease_until" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ
);
CREATE INDEX "idx_jobs_state_1be2a7" ON "jobs" ("state", "due_at");
CREATE INDEX "idx_jobs_tenant__c9c1df" ON "jobs" ("tenant_id", "owner_id", "id");
CREATE INDEX "idx_jobs_run_onc_97f705" ON "jobs" ("run_once_key", "state");
COMMENT ON COLUMN "jobs"."state" IS 'QUEUED: QUEUED\nRUNNING: RUNNING\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED\nCANCELLED: CANCELLED';
COMMENT ON TABLE "jobs" IS 'One job.  `attempts` counts the starts and fences: who finishes with an older number is refused.';
CREATE TABLE "files" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(255) COLLATE "C" NOT NULL,
    "content_type" VARCHAR(100) COLLATE "C" NOT NULL,
    "size" INT NOT NULL,
    "sha256" VARCHAR(64) COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "idx_files_tenant__480bb7" ON "files" ("tenant_id", "owner_id", "id");
CREATE INDEX "idx_files_sha256_5b08ba" ON "files" ("sha256");
COMMENT ON TABLE "files" IS 'One upload of one user.  The bytes are found by their SHA-256.';
CREATE TABLE "users" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "email" VARCHAR(254) COLLATE "C" NOT NULL UNIQUE,
    "display_name" VARCHAR(80) COLLATE "C" NOT NULL,
    "password_hash" VARCHAR(200) COLLATE "C" NOT NULL,
    "granted_roles" VARCHAR(200) COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX "idx_users_tenant__b7a83c" ON "users" ("tenant_id", "id");
COMMENT ON TABLE "users" IS 'Somebody with an account.  `email` is in the one form that `canonical_email` gives; nobody else has it.';
CREATE TABLE "sessions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "refreshed_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "revoked_at" TIMESTAMPTZ,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
);
CREATE INDEX "idx_sessions_user_id_8976f0" ON "sessions" ("user_id", "expires_at");
COMMENT ON TABLE "sessions" IS 'One sign-in, and the family of all refresh tokens that follow from it.';
CREATE TABLE "refresh_tokens" (
    "digest" VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
    "issued_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    "session_id" UUID NOT NULL REFERENCES "sessions" ("id") ON DELETE CASCADE
);
CREATE INDEX "idx_refresh_tok_session_c1bb56" ON "refresh_tokens" ("session_id", "expires_at");
COMMENT ON TABLE "refresh_tokens" IS 'One refresh token, by the SHA-256 of its text, which is stored nowhere.  Used once, but for a short grace.';
CREATE TABLE "feeds" (
    "name" VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    "epoch" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "session" DATE NOT NULL,
    "second" INT NOT NULL,
    "market_at" TIMESTAMPTZ NOT NULL,
    "data_version" INT NOT NULL,
    "lease_owner" UUID,
    "lease_until" TIMESTAMPTZ,
    "term" INT NOT NULL
);
COMMENT ON TABLE "feeds" IS 'A stream of quotes, and where it stands: changed in the transaction that stores the quotes of each tick.';
CREATE TABLE "feed_frames" (
    "last_sequence" BIGINT NOT NULL PRIMARY KEY,
    "epoch" UUID NOT NULL,
    "first_sequence" BIGINT NOT NULL,
    "payload" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE "feed_frames" IS 'The quotes of one tick, kept for a while so that a subscriber who was away can catch up.';
CREATE TABLE "instruments" (
    "id" UUID NOT NULL PRIMARY KEY,
    "number" INT NOT NULL UNIQUE,
    "symbol" VARCHAR(32) COLLATE "C" NOT NULL UNIQUE,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "exchange" VARCHAR(4) COLLATE "C",
    "currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "sector" VARCHAR(80) COLLATE "C",
    "cusip" VARCHAR(9) COLLATE "C",
    "isin" VARCHAR(12) COLLATE "C",
    "first_session" DATE NOT NULL,
    "source" VARCHAR(80) COLLATE "C" NOT NULL
);
COMMENT ON COLUMN "instruments"."kind" IS 'STOCK: STOCK\nETF: ETF\nMUTUAL_FUND: MUTUAL_FUND\nINDEX: INDEX\nOPTION: OPTION\nRATE: RATE';
COMMENT ON TABLE "instruments" IS 'Something that has a price.  `number` stands for it in the table of bars.';
CREATE TABLE "corporate_actions" (
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
CREATE INDEX "idx_corporate_a_ex_date_1bb6fa" ON "corporate_actions" ("ex_date");
COMMENT ON COLUMN "corporate_actions"."kind" IS 'SPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nDIVIDEND: DIVIDEND';
COMMENT ON TABLE "corporate_actions" IS 'What a company did to its shares, effective at the start of `ex_date`.';
CREATE TABLE "quotes" (
    "price" DECIMAL(28,10) NOT NULL CHECK ("price" <> 'NaN'),
    "previous_close" DECIMAL(28,10) CHECK ("previous_close" <> 'NaN'),
    "open" DECIMAL(28,10) CHECK ("open" <> 'NaN'),
    "high" DECIMAL(28,10) CHECK ("high" <> 'NaN'),
    "low" DECIMAL(28,10) CHECK ("low" <> 'NaN'),
    "volume" BIGINT,
    "session" DATE NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL,
    "source" VARCHAR(40) COLLATE "C" NOT NULL,
    "sequence" BIGINT NOT NULL,
    "instrument_id" UUID NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "quotes"."source" IS 'HISTORY: HISTORY\nREPLAY: REPLAY\nRESAMPLED: RESAMPLED';
COMMENT ON TABLE "quotes" IS 'The latest quote of an instrument.  Written and read as `domain.market.types.Quote`.';
CREATE TABLE "option_contracts" (
    "right" VARCHAR(40) COLLATE "C" NOT NULL,
    "style" VARCHAR(40) COLLATE "C" NOT NULL,
    "strike" DECIMAL(28,10) NOT NULL CHECK ("strike" <> 'NaN'),
    "expiry" DATE NOT NULL,
    "multiplier" INT NOT NULL,
    "underlying_id" UUID NOT NULL REFERENCES "instruments" ("id") ON DELETE RESTRICT,
    "instrument_id" UUID NOT NULL PRIMARY KEY REFERENCES "instruments" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_option_cont_underly_8bd57a" ON "option_contracts" ("underlying_id");
COMMENT ON COLUMN "option_contracts"."right" IS 'CALL: CALL\nPUT: PUT';
COMMENT ON COLUMN "option_contracts"."style" IS 'EUROPEAN: EUROPEAN\nAMERICAN: AMERICAN';
COMMENT ON TABLE "option_contracts" IS 'What an instrument of the kind OPTION gives a right to: `multiplier` units of the underlying.';
CREATE TABLE "portfolios" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "description" TEXT,
    "base_currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "version" INT NOT NULL,
    "idempotency_key" VARCHAR(200) COLLATE "C",
    "input_digest" VARCHAR(64) COLLATE "C",
    "fork_of_id" UUID,
    "fork_version" INT,
    "drift_threshold" DECIMAL(28,10) CHECK ("drift_threshold" <> 'NaN'),
    "rebalances_itself" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "deleted_at" TIMESTAMPTZ,
    CONSTRAINT "uid_portfolios_owner_i_0c7275" UNIQUE ("owner_id", "idempotency_key")
);
CREATE INDEX "idx_portfolios_fork_of_a3bcfe" ON "portfolios" ("fork_of_id");
CREATE INDEX "idx_portfolios_tenant__29f297" ON "portfolios" ("tenant_id", "owner_id", "id");
COMMENT ON TABLE "portfolios" IS 'A portfolio.  `version` is the sequence of its latest transaction.';
CREATE TABLE "accounts" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "is_default" BOOL NOT NULL,
    "institution" VARCHAR(200) COLLATE "C",
    "number" TEXT,
    "number_end" VARCHAR(4) COLLATE "C",
    "number_index" VARCHAR(64) COLLATE "C",
    "routing_number" TEXT,
    "routing_end" VARCHAR(4) COLLATE "C",
    "created_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_accounts_portfol_3a1c65" ON "accounts" ("portfolio_id");
COMMENT ON COLUMN "accounts"."kind" IS 'TAXABLE: TAXABLE\nK401: K401\nROTH_IRA: ROTH_IRA\nTRADITIONAL_IRA: TRADITIONAL_IRA\nSEP_IRA: SEP_IRA\nHSA: HSA\nEDUCATION_529: EDUCATION_529';
COMMENT ON TABLE "accounts" IS 'A part of a portfolio with its own tax rules; each portfolio has a default one.';
CREATE TABLE "marks" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "session" DATE NOT NULL,
    "version" INT NOT NULL,
    "currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "total_value" DECIMAL(28,8) CHECK ("total_value" <> 'NaN'),
    "invested_value" DECIMAL(28,8) CHECK ("invested_value" <> 'NaN'),
    "cash_balance" DECIMAL(28,8) CHECK ("cash_balance" <> 'NaN'),
    "cost_basis" DECIMAL(28,8) CHECK ("cost_basis" <> 'NaN'),
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_marks_portfol_d430ed" UNIQUE ("portfolio_id", "session")
);
COMMENT ON TABLE "marks" IS 'What a portfolio was worth at the close of one session, as it was known when the mark was made.';
CREATE TABLE "model_snapshots" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "version" INT NOT NULL,
    "result" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_model_snaps_portfol_1ded7f" ON "model_snapshots" ("portfolio_id");
COMMENT ON TABLE "model_snapshots" IS 'What a fork came to when it was saved.  `result` is JSON: before, after and difference.';
CREATE TABLE "portfolio_shares" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "permission" VARCHAR(40) COLLATE "C" NOT NULL,
    "hides_amounts" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_portfolio_s_portfol_0d1d8b" UNIQUE ("portfolio_id", "user_id")
);
CREATE INDEX "idx_portfolio_s_user_id_78c600" ON "portfolio_shares" ("user_id");
COMMENT ON COLUMN "portfolio_shares"."permission" IS 'VIEWER: VIEWER\nEDITOR: EDITOR';
COMMENT ON TABLE "portfolio_shares" IS 'That somebody else may see, or change, a portfolio.  `hides_amounts`: weights and returns, but no money.';
CREATE TABLE "strategies" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_strategies_portfol_bc13fe" UNIQUE ("portfolio_id", "name")
);
COMMENT ON TABLE "strategies" IS 'A name for positions of one portfolio that belong together, as the legs of a spread do.';
CREATE TABLE "strategy_members" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "strategy_id" UUID NOT NULL REFERENCES "strategies" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_strategy_me_account_95e4e1" UNIQUE ("account_id", "instrument_id")
);
CREATE INDEX "idx_strategy_me_strateg_0e4786" ON "strategy_members" ("strategy_id");
COMMENT ON TABLE "strategy_members" IS 'A position that belongs to a strategy, and to no other.';
CREATE TABLE "tags" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" VARCHAR(50) COLLATE "C" NOT NULL,
    "color" VARCHAR(7) COLLATE "C",
    "created_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_tags_owner_i_659ea0" UNIQUE ("owner_id", "name")
);
COMMENT ON TABLE "tags" IS 'A word of an owner''s for positions.';
CREATE TABLE "position_tags" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "tag_id" UUID NOT NULL REFERENCES "tags" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_position_ta_portfol_d11d94" UNIQUE ("portfolio_id", "account_id", "instrument_id", "tag_id")
);
CREATE INDEX "idx_position_ta_tag_id_cca2d4" ON "position_tags" ("tag_id");
COMMENT ON TABLE "position_tags" IS 'That a position, open or to come, has a tag.';
CREATE TABLE "targets" (
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
CREATE TABLE "portfolio_templates" (
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
CREATE TABLE "transactions" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "sequence" INT NOT NULL,
    "kind" VARCHAR(40) COLLATE "C" NOT NULL,
    "trade_date" DATE NOT NULL,
    "settlement_date" DATE NOT NULL,
    "instrument_id" UUID,
    "other_instrument_id" UUID,
    "quantity" DECIMAL(28,10) CHECK ("quantity" <> 'NaN'),
    "price" DECIMAL(28,10) CHECK ("price" <> 'NaN'),
    "fees" DECIMAL(28,8) CHECK ("fees" <> 'NaN'),
    "amount" DECIMAL(28,8) NOT NULL CHECK ("amount" <> 'NaN'),
    "currency" VARCHAR(3) COLLATE "C" NOT NULL,
    "fx_rate" DECIMAL(28,10) CHECK ("fx_rate" <> 'NaN'),
    "details" TEXT,
    "note" TEXT,
    "source" VARCHAR(40) COLLATE "C" NOT NULL,
    "import_id" UUID,
    "fingerprint" VARCHAR(64) COLLATE "C",
    "confidence" DOUBLE PRECISION,
    "needs_review" BOOL NOT NULL,
    "idempotency_key" VARCHAR(200) COLLATE "C" NOT NULL,
    "input_digest" VARCHAR(64) COLLATE "C" NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "recorded_by" UUID,
    "account_id" UUID NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "portfolio_id" UUID NOT NULL REFERENCES "portfolios" ("id") ON DELETE RESTRICT,
    "reverses_id" UUID REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_transaction_portfol_5157fd" UNIQUE ("portfolio_id", "sequence"),
    CONSTRAINT "uid_transaction_portfol_9a289c" UNIQUE ("portfolio_id", "idempotency_key")
);
CREATE INDEX "idx_transaction_import__a52a80" ON "transactions" ("import_id");
CREATE INDEX "idx_transaction_account_32bfeb" ON "transactions" ("account_id");
CREATE INDEX "idx_transaction_portfol_1441f3" ON "transactions" ("portfolio_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_portfol_343fc7" ON "transactions" ("portfolio_id", "instrument_id", "trade_date", "sequence");
CREATE INDEX "idx_transaction_account_933a4d" ON "transactions" ("account_id", "fingerprint");
COMMENT ON COLUMN "transactions"."kind" IS 'BUY: BUY\nSELL: SELL\nSHORT_SALE: SHORT_SALE\nCOVER_SHORT: COVER_SHORT\nDIVIDEND: DIVIDEND\nREINVESTED_DIVIDEND: REINVESTED_DIVIDEND\nRETURN_OF_CAPITAL: RETURN_OF_CAPITAL\nINTEREST: INTEREST\nFEE: FEE\nCONTRIBUTION: CONTRIBUTION\nWITHDRAWAL: WITHDRAWAL\nCURRENCY_EXCHANGE: CURRENCY_EXCHANGE\nTRANSFER_IN: TRANSFER_IN\nTRANSFER_OUT: TRANSFER_OUT\nSPLIT: SPLIT\nSPIN_OFF: SPIN_OFF\nMERGER: MERGER\nSYMBOL_CHANGE: SYMBOL_CHANGE\nOPTION_OPEN: OPTION_OPEN\nOPTION_CLOSE: OPTION_CLOSE\nOPTION_EXERCISE: OPTION_EXERCISE\nOPTION_ASSIGNMENT: OPTION_ASSIGNMENT\nOPTION_EXPIRY: OPTION_EXPIRY\nREVERSAL: REVERSAL';
COMMENT ON COLUMN "transactions"."source" IS 'MANUAL: MANUAL\nIMPORT: IMPORT\nCORPORATE_ACTION: CORPORATE_ACTION\nPLAN: PLAN';
COMMENT ON TABLE "transactions" IS 'One entry of the ledger: never changed, never deleted.';
CREATE TABLE "action_bookings" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "account_id" UUID NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "transaction_id" UUID NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_action_book_account_d954e2" UNIQUE ("account_id", "action_id")
);
CREATE INDEX "idx_action_book_transac_090028" ON "action_bookings" ("transaction_id");
COMMENT ON TABLE "action_bookings" IS 'That a corporate action of the market is in an account''s ledger, and by which transaction: once at most.';
CREATE TABLE "postings" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "portfolio_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "book" VARCHAR(40) COLLATE "C" NOT NULL,
    "currency" VARCHAR(3) COLLATE "C",
    "amount" DECIMAL(28,8) CHECK ("amount" <> 'NaN'),
    "instrument_id" UUID,
    "units" DECIMAL(28,10) CHECK ("units" <> 'NaN'),
    "fee_kind" VARCHAR(40) COLLATE "C",
    "transaction_id" UUID NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT
);
CREATE INDEX "idx_postings_transac_3738db" ON "postings" ("transaction_id");
CREATE INDEX "idx_postings_portfol_a0f903" ON "postings" ("portfolio_id", "book");
COMMENT ON COLUMN "postings"."book" IS 'CASH: CASH\nHOLDINGS: HOLDINGS\nTRADING: TRADING\nCAPITAL: CAPITAL\nFEES: FEES\nINCOME: INCOME\nACTIONS: ACTIONS';
COMMENT ON COLUMN "postings"."fee_kind" IS 'COMMISSION: COMMISSION\nSEC: SEC\nTAF: TAF\nOTHER: OTHER';
COMMENT ON TABLE "postings" IS 'One line of a transaction: money in `currency`, or `units` of an instrument.';
CREATE TABLE "imports" (
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
CREATE INDEX "idx_imports_portfol_8f1744" ON "imports" ("portfolio_id");
COMMENT ON COLUMN "imports"."state" IS 'PREVIEWED: PREVIEWED\nCONFIRMED: CONFIRMED\nUNDONE: UNDONE\nFAILED: FAILED';
COMMENT ON TABLE "imports" IS 'One file that was read into an account: previewed, then confirmed, then perhaps undone.';
CREATE TABLE "import_rows" (
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
COMMENT ON TABLE "import_rows" IS 'One row of a file: what was read, what it becomes, what is wrong with it.  `entry` and `problems` are JSON.';
CREATE TABLE IF NOT EXISTS "aerich" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "version" VARCHAR(255) COLLATE "C" NOT NULL,
    "app" VARCHAR(100) COLLATE "C" NOT NULL,
    "content" JSONB NOT NULL
);""",
}

DOWNGRADE = {
    "sqlite": """DROP TABLE "import_rows";
DROP TABLE "imports";
DROP TABLE "postings";
DROP TABLE "action_bookings";
DROP TABLE "transactions";
DROP TABLE "portfolio_templates";
DROP TABLE "targets";
DROP TABLE "position_tags";
DROP TABLE "tags";
DROP TABLE "strategy_members";
DROP TABLE "strategies";
DROP TABLE "portfolio_shares";
DROP TABLE "model_snapshots";
DROP TABLE "marks";
DROP TABLE "accounts";
DROP TABLE "portfolios";
DROP TABLE "option_contracts";
DROP TABLE "quotes";
DROP TABLE "corporate_actions";
DROP TABLE "instruments";
DROP TABLE "feed_frames";
DROP TABLE "feeds";
DROP TABLE "refresh_tokens";
DROP TABLE "sessions";
DROP TABLE "users";
DROP TABLE "files";
DROP TABLE "jobs";
DROP TABLE "audit_entries";""",
    "postgres": """DROP TABLE "import_rows";
DROP TABLE "imports";
DROP TABLE "postings";
DROP TABLE "action_bookings";
DROP TABLE "transactions";
DROP TABLE "portfolio_templates";
DROP TABLE "targets";
DROP TABLE "position_tags";
DROP TABLE "tags";
DROP TABLE "strategy_members";
DROP TABLE "strategies";
DROP TABLE "portfolio_shares";
DROP TABLE "model_snapshots";
DROP TABLE "marks";
DROP TABLE "accounts";
DROP TABLE "portfolios";
DROP TABLE "option_contracts";
DROP TABLE "quotes";
DROP TABLE "corporate_actions";
DROP TABLE "instruments";
DROP TABLE "feed_frames";
DROP TABLE "feeds";
DROP TABLE "refresh_tokens";
DROP TABLE "sessions";
DROP TABLE "users";
DROP TABLE "files";
DROP TABLE "jobs";
DROP TABLE "audit_entries";""",
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
    "eJztXWtz4ji6/isqvmxPFZPqZDrdPcypU0USp5sdAlkuc9lhyxgswBsjMbYJze6Z/370yv"
    "crNgFiHH1IsC29sv3o4veu/9aWVMW6edFcq5olEcvY1hrovzWiLDE7SCito5qyWvllcMFS"
    "JjqvrkA9GbOKGuYlysS0DGVqscKZopuYXVKxOTW0laVRAiRdgtF0oZA5K9sYmmVhgjSCrA"
    "VGjJKYjJjVZOeKhZaKipFm/YQIfsYGWq9UxcJq3TllT4PZ6QXcV6VTdmONzI93izXR/lxj"
    "2aJzzFoy2I3++Be7rBEVf2Mvz07/qLE7KcSSNRUIzPXk33jqnhl4Sg0Vq7Ji1RhdpC57JG"
    "ok1YRbrJ7kmYZ1NdRTdl1+Xba2K35tOGzd3fOaAMlEnlJ9vSR+7dXWWlDiVV+vNfUCaKBs"
    "jgk24N0DXUfWuu50tXvJRoFdsIw19l5f9S+oeKasdRgAtf+ZrYkNtUqXikYunrBBsH6hqe"
    "YFwRv2uv/rPGiASJY73YHclwayXIuNHnigSG87l6aUwMjTiAVd8d+/7HZ9ePjVGtzg9muz"
    "9+6Hj99xQKhpzQ1eyMGr/cUJFUuxSXm3+piHuiwv9CGiQ/aAe8HvAn/KuXC6gJUMYh/S4M"
    "DPi2iQ5gWAOgO2cnjCfWNo3i4UIxVNhyKCJXu4MxyWtaXyTdYxmVsLdvr5fQasvzR7HNnP"
    "7zmylH247M9axym54kVhgN1V/Ym9XxGYo3QC7AJgF1sfwlRiyY2AOsEzauA4oAP8zUoG1K"
    "fYa9Sez0I7kH4bQMtL0/xTDw7Odw/N3zi2y61T0u52vrjVA4P5tt29iS7JMwsbReD2CATa"
    "xdEOcs/xNcOa3jHkLG2Jk6GPUEc6QHVoL9yDaq0hg9aD1B80Hx5DnXLXHEhQchXqEPfqu4"
    "+R5dxrBP3aGnxFcIr+2e1I0YXJqzf4Zw2eSVlbVCZ0IytqEBP3snvpLxCIZk8B9hwuTJTp"
    "00YxVDlWQq9oWt140fJqGb2iEGXOOwnQhOd0JOS/00ktQXCGy/UsifnfdFJAUGa1LxAaK0"
    "yEXa4sc4ymdM36kYuypqUY7FAhKpphMsVmA20WFM00opkLbKKNZi1YKaK6yiRZsl5O2I9m"
    "IgPP1maa2HzsG+YRotl9LD6zVFYzUVqmGzblnGP2n1cw1kSm7KnkJ8yVFnYrQn4W8vP5Lc"
    "QFmLngVMiLaJBGyM9hPIuKdUKcKyDOKcZ8vcRwsyLccJCoEjCfmiX2PqjxQS2xzzSHvcWe"
    "UGGfz7gw7RKfDvraP4bSULor+G1zqBrI/h2R3rDTaXW+NJBzMCL94e2tJN1BJe9wRO6brT"
    "Zcsn9H5LbZuZXa/JJ3GGWW8syfD3nmz4f0+fMhNn+esWEmavdaJGXyBCgi/cee+Vj9d3ms"
    "5WkOT/D91eWHTx8+//Dxw2dWhT+ld+VTBuKtziAC58qg8CVIWI3udaqkIBokikA6A6pjgf"
    "r+4v3pl6O77vCmLaHHnnTb6re6nbAIyAs5r/2nrlkcgp7UbEcXfUeWKDBqgySnG7bHwvfQ"
    "wzYq6eRlVaJ0VdAuhVfcq/d5llxWK3XN5WVhuKfwWdRlA7MXNgGXGOQ3lOpYIcmoJ5FHkJ"
    "8w+mMNau/KaReOm263HeJjblpRRmX4cCP13l1+F15AEoY7NuGpC3CMPkUVhvipucWZoulr"
    "AzM81RSmMRn1KF0VsD+2QORitmQMhTIvZJNJIK0C4qce7VMDAzb7WQvCxMJYUDpjQbCnHW"
    "1y8V72CUUPl7qHuYFi37kcJj5AT5/RwnpuHc24bRPLa2Jp+h49HaEWXV3mrnasi3tO6gi1"
    "6OqydXVJrPl9ixpYvdf4S8eM+oHSepZtf8ZqFDDur1c6VVREZ4jCmYmNC4QGC4wmWwubSD"
    "EwmtE1Udk52N81A/W/Nr+/uv6YbLp/WXOFvduTbPDmQmHtCaO7MLqfIbt7Hkb3agLKf2Ng"
    "puua3PqVMAdHdNjX13l02NfX6TpsKItoOShhM9qygSqAc5Sugnhf5rIZXGbYDC7jNgNT+0"
    "8Czqn2Lrf66Wxdx4T3wOYuh6koMGp9igqO148fcgzXjx9SRysUCRWokLBOLGH18Iy9yGJA"
    "nzCpJchYofJ6lpRl2DWZqMKqFhC3HDrE6eqOFOTKQCA2aeDnjL9ZdbRZaNMFuC6bXPJDDE"
    "8mE2EmTw1NdgpGdNbA2mIClYEUZC6oYaE5ewScLJqd7ta5/KuxCT5BDi+Kv6009nDZwcaq"
    "NsdmwvKQvgb7FIdZg3dLbme3AqeLbJpprvddkEO0Yj0u3Xoc/PIG5l7xjg4Ti54udU9DAM"
    "x+3RygFOrrMndx+LOaO1Y5RCUUQ+zLGONYYxjHAb5nzJI2Jz/jbcybPYKpq9P3WzpPYP2r"
    "/rQ2lI3HvEVGFjuwk9nwDmj2b5t3Uu2vV7K2ONgnmVr8bkmXAJw3K8D7m2xsfK8x1huCF4"
    "H3nilLTd8C663oepg/N+3EQDOq63SDZgZdMvY8ma9/ebMjMiJj/0s+Bs4fGsK8QVafUK8Z"
    "NpKwYf6ExgZ+Zi2qbn0TW45c4DwGASp+U3iSwHNtqPFk5pYTwIRUREgQxh1h3CnDyvhS48"
    "6KvfWezFqIVrDkpebXnGV1/0wRYXLR26XubSFqv5We9rmjvWZ1kFgI3GXu6AB/mpfzCZAI"
    "vidb1AaoDiBnD51mzhPSnUJ2YEAVlbBjnEjAohWJL3To73/uYV1JydaYYkerCO5/HVMfwc"
    "dogjLCHbvpmgjo/pxqiD5d4glVt16aJGXKcytBuiXMZFGdy/JOmmLw4JxRY2nrAMZThVCi"
    "TRVddmrOtWds/sTEfN4ieyqMFoqZqKc44X0L+5CC36hQJwh1QqnXoheqE/jMicOZbjn3CC"
    "pnOL+6zmM5Z7UyXBtj3kuqZq50ZSsXdSGN0lXQVezw8corxTQ3lH1v2aq/KIJ2jLCCcB8l"
    "+8TcYGsrE0gN6sSW5EU8RigQz5nvQ7hDVliBUMAdMmZ2fqFoVj2T81GlsltqrCiA1JxaKd"
    "biaJV6lqw2dSvL9o4HOeW2X0ESUtCULlcK2SJVU5FFucOmydZebNYRns0wa/EZI1bTS5QL"
    "ptcx/ibDXB/HxbLDNAvm4/5juzVooDFZL2FMUWOMmOyB2NhhjYGX6FjFhC41YpdRXWWiX/"
    "+x1ZG79/fcZPwg9b5IvQYyKVrCw9ikcCMKctyYt+JdZJdGRIORwNMy/gRiormwK2FluoA7"
    "8No/gX/qSiPf09kMLSmTHFlVNoXlmWH3wNg1T8NVNFFMzWSPdtf6pXUnde4absMKby1Nwv"
    "yj5j+LI4O4OTkdmGwZMySFhkqE9FkS6TM99+ruNJXnkIe15kxV/gMT156DDW82jog7Fe1f"
    "Vuf3h5tuW2agdr5IrGLwdET8qeIeRdeZPFzU4fNUutMr1pfAPKWZ2DySLK6pPJ15iLkCXF"
    "A0EtJdxRN4DW2eGkEWItsrjKxkhioniuzHq6sffvh09f6Hj5+vP3z6dP35vRdOFi/Kiiu7"
    "aX2B0LLQEI7HmgW+lMXwjxCKHti3B0IMQrwPpG+s5A5PtaWip4WsRhqILic28YXTyPn1S9"
    "Z6It22Hprtd1ef65fvI4kVgwt5NMFlki4nB9LJqhwBcCwamK6NaSHlpE9RZn6mNGpJsedP"
    "tZU2wb6OSXu5ZbQooTBVRT1fQaYumtYkQCP2Esn0qPEHYBzgwn41rVBj5zlcd3rXxKZsyM"
    "emx9aSXut2UIsP4lMDXM7huxPf4ORNgfZ1IoTuMQ6r44LX65k52FiNnJrdJmI1sLIELeSf"
    "a2qB0hXUoTzgHmkWKFyJajacvcTV1D3Eeai+HbdjtwMtclWopU2f4rrfU92YBxcFsl2O69"
    "ASu7OOgJGpg+MPL4A7E+RU5YmqxkjRwRloqWyRoj7DVOG7pI8tbCzHaG7QjbPhG7+d/aDs"
    "7iPC3YigidBGceB35DQT3iYO2iu+SVyq2vZ1E0mVyNfiUEq9dG0tXtFpgtyYzip4BILxig"
    "qIsDkESRIRs3ROQarK7JJyYnVTakBxuqY6QPKmNdUmE5uT7DUZ49UlqMxoPViSs6ViPGFr"
    "P/1FiFZoL0qtveBf0+LbuEXJRKLAhDkUYF+LsCURMqHESEJV5Np/A4sTyGIFFiW3uviaD5"
    "IUf6+nObk37A5NVJ/YhfVdOhQwoS7zZrMfhBQQoDcA/UMdPeGVm6hws9B0DB5mlu34Zq4n"
    "0ARsEQ+byG8UEykbZYumCmF/1nSB1qu45uSYN3qB1kFXTEveT4iLkR5mNr2uJuKEopzQT5"
    "yAB5hpxt4DPE5bJeb1xOqKlbKFTT7iPZC+T2CApBK+BFkM1zE2CDTwFGvPL/AtCFIL6bx0"
    "DHBJ+LaAuTGBcQsbI9M5N99gWiAq3Vqw/rXZJQjmVtDK0KaQcRpCCiZgC7LtUZzB0izPGg"
    "U3BTZsohhmctz5wVp+AW8mHPlP78hv924BUdInqA77e7gNMLbLCS0UQu5TVM6u+cNVDrvm"
    "D1epdk0oEnsPnTKetvpRPYPu7c8NxH9GRBrcNxD7NyIPw8Gw2ZbvhxCgEzgZkVbnTvqtgf"
    "jPiHQfB61up4Hs3xHpMVaogeB/9KP6WtE8tntHkUkSpKnCtuQRjPNAnI5wzAF/bRhMON4W"
    "AThIU+bZse8yn2eVT1/kYx74eJoY0pPxCfUoqjd8D++AP12b2qrY8HUIqofujznA/TEV2x"
    "+j0GqmlmApTkfWrV89YC/zsH6X6azfZYz1c3WThX2AYoRv2xNIxDcdfnktiV6qzXrBtP4B"
    "NrdagmIqWFzP0kzZVrv85kSdN2wb+/h+CgT5yq0LhH41NMvChDsZG1hRkWKisaM+sR2iLj"
    "jwF/zZEhJwHOsmL1FVlTK06VWF/+Pop7gaMg7w7pBXj/DFMa9lW8IOHvS6MvCzRtemPNWp"
    "uSfY0RZEpPEO0GH/iX2gdukEwDsAXmjzvWLlXToB8A6AdbrZB1+HTMC7A95nQKygB4dPI9"
    "KaiDiTk0uXe/ldCHeLkrpbCNeat9nXWTqi3XbA89AX1b62+oNu7/cGcg5GpCc9tpvsgv0L"
    "532GY1u6g0vOYTmsfOcUg1oJ9uBFCr58WUW6BA8o+xebXMfIKVIGPdHBMoocToHa5e9yS4"
    "mr9IzpUCM16llqVMrrwnvyyoVyGAeVm27mXXCwcBwP7M1dkIIMJqtayKINNF6yTtJWugau"
    "esEEwOxExYa+ZV2Sltr4iHcTKtbyq1h5t+77ufeIS/21v2222w0E/0fkcThoIPavJN9ya6"
    "vvz2u5xKUGXxr2uo9Ss9NA7tGINB8ktnrDNfeoLN1haE97qcB9SmFw2KXa4pu0JvhQZeWc"
    "dinetILF/+zGwUtl/MNEp2P9L9+XOQg4tD2px7QU3aQ0SnjceMTz4DVi0lIS0HGUXz2vYh"
    "mFoNgAO0DuPyGQnotA2rT3/6wlSKJuUT1LBHX2D82dZHHl7FqjoBU1rBnVNWrnAOQC3oYg"
    "S/mGjLUOG4vyZIJ+NTtozOkbCPdPyqV48PZFsFnpVv96hqQp9iw9eLy/CIkSIVEvks4Hzd"
    "+aN22pgZyDEfn5w/vLBoL/I9LrDr7KrV6zgdyjERn0mnctUAw223ZR5MKI9KVHu8Q5GJGv"
    "fXbG/o2IdDe8bUJl+frqxwYKnZZDB6CZHnqxjr+hVMcKSfPnDxJGen1C6dFkf+/KaZepm2"
    "63HTJq3rSiWRqGDzdS791lRDMQl8CAt9KsdfJOMhkRFGGy6gVSHGVNS4v5Ts9Mkhr0fZYQ"
    "nzoviY2ejNO+JFmYu1RVwP2okZkOXPzV9oDZo6se0B/zIP0xHeqPMawNypZcMpeLLyRxyi"
    "rgffJERw6KBVeUCFkVkD9usLfYXvyNuLzxsJV9OzpIK7LmlrmbPXViQRVUlE5YeTKtPB5c"
    "BzDyPAbbOktsd9oVoqOrVNs7NbkC+obSJ/tVEwwRwQr1bHME94ib2HVzRxjz3MBTajCcWN"
    "8jZ1clx9/Mju2FbYk0wrcusk0efzORjtU5NuztmiZbSDYMmy35+zI1EIU9jljrSza6k6KO"
    "T3fjBDvGH671xhkVDnjs5F/CxPHa+ndh4jg6xIGoIm/kF4A0RCQgFbvwvlmmN/wZyT9/gl"
    "RiAkUmUOBzXnStj1EKaSJTmlB8T5cXyhIBn5nzHLQ7RYnwrM2xBW9gNB4A4EG4tbMcvDsx"
    "jk/gUglsD0wuqSXIafx6PUs8A4mmUJRS0ItLMdGGnS1ArAHxiGvF3J1fnPj4OiRl0ixe+Y"
    "mAvxffzNaVpvj1paImuI6d4H6JIlhUNHcD/YUI9urfYiGCnZDdETkx9g7ZKL6DpNg8Mjta"
    "Q+RgPnYOZotaii4/K/p6r1C4CPnbzPT0OXc0nEaesQmm4r0Bj7cgMM/GfKqYC3mi6EpiGo"
    "3diEfpBd478Gb8BcPL1My90A5RC6yzsRbK3bej3D0Pj4aydG8lXRpKqYgstU/DA/z0ibIy"
    "FzQxuDJcoZ6pNINLsunULaY+m1HjCU3ZrZFFbdWUo6wylWeswt57bHyy7huDl8Hf+7Dx0A"
    "QzItaiMrOwwT0MVG02wyDbpKvNjnEfEXlZuuWrLnRiIvLyVdQPR4lSEoqzQyvO7FU+DmhG"
    "uIZHUYlRe+o4DRFAIOSw7E+s8CyvihhWRleFUkthPv4JElioc9KlL+8F86e4cSlA7HEYBi"
    "73gFeAmyIZ/AggJY2z6VTA4yMxq80LmxyREWnaQto7VmsMRzKdsT4bf8cEsblGTDtLDrRH"
    "QdrynMzRegUynU3i3rrBZDyFe6a7ujxwUdf4FfbYWK0jQq0RUTOy6PxRoxsCYbF83GgqXq"
    "6oBQY0+QlvY+4Pf4RFhTCpXVtIgkISPCsWpIAkGBzveREN0ghAhWh9UtE6+GQxmNOlwQhZ"
    "FeLHTy0RThQTy/s4sMQIKzjWD+zFciYKpHNJkhtlAgsM3gTSKiweJ1ipNbJaW7KqzZnQUA"
    "jxCF314D58Vhtf7irCyIWpXsDK7Ub7PNQ3MUiLr8NRsgptZniw5Vg1tJklWwsG/oLqCUN2"
    "t1tVQhNv07eqwNYFBna8/kxZs0ysz+LAZ+aITKQXqSILpIoURpW3YlSxddV79nSYWORlKl"
    "tHx6w8r2WFMDWAfqAkZrcJFtezLRF2RdlSCma2cSnrCLZ2R9QAjf6ULhmFnfSetZianSY3"
    "ca7wxnD4cGy/A9aWyD9TCg5bqPePDrFIoHFUUMu5u2MloD0PX5QzBNb5/hVZWBWxMVjjzB"
    "17zjm+IjJ6DwCuwwif5ZDdndpFSdxm7bbZv23eSa/nKGVaKck33aL6DtHEyp9vs0sw0jWC"
    "7X26Qmkrl5TgLfgSjV1D5LgOIseY7wA95hTBvaTjUsshGwe3qcHCbs+MNYjM9RJkIQxaUH"
    "2L3kPTfE8xt3ke1eJejDz07uiWuPAEaU2Fr5MQhkr+aRHMZTmBFVLmEUDla3IMzny7t7m0"
    "ZXa0AdbkK2xs3/86Il+77btW50u/gdwjZ6+2zhdnj7bOlxG5bT62Bs02EPGDEbmXJEYD/0"
    "ek1bntPkgNZP+OSPMW9mZjxc5B9Iuex1J/+B3aXiUDUMn0/0d1nVKWySk3d9uUfcq3aUou"
    "kvanBBqw88G4wKrPJYZ9Bq9H+DbHbgE3iBnG8ku2Rg3Sl3g1rrGv4EOr329BTgT/GHY4vY"
    "XdTW/ZF7Z5D3un3o9Id/BV6jUQ/ynHd1JkqT6ZAlMkUq5aIuU+W8hwLUHpZhfUc8UlyiZU"
    "LuIQYNIlnlB1i1ibkKd4i0yMuSZsulDInB0q4YjDhcaakW2+y4TgPzbUFpbJ1VsGttYGMe"
    "tosrYQobaSLcWZ4EQ3zuWIsDbt4CjhavDqbJXQrp2SczULBxIGSMQnOqKrxMZSS0lcnY9N"
    "DbdQak3QLy3pV2A/7d8Rke5agy47t3/LwY+GvhjxPsl0nI7RCqdp4TQtfGljTtPCQCM8Vs"
    "7YY+WVZD0LEJ9va0ninltWz5L4TLuWllfWayK4DWR98Xy4TXf7Gn+bGwsEswnWKZkjV2Li"
    "u9pAKhgdzx2/B3PFVmiVyRVJ6WmOdp9ckhwHU4hxr84VCzHuhIKHyF8i8pe8+ngVGS1L1R"
    "tCjnjDHwchR7wtOeIBLyecI06VJpwaeWSKrbzklQvkuLQZ/SBbb4IzNOPgnSbr3ErDLhFq"
    "p5RMTmy5ZzuJkkFWcKkQEF6dexUCwgkFBOHsK0JKzwla70tUDNgImbBPZnKCZkDR+EJGMK"
    "izPEtkd7KBkaFVpni9lFQiO1OI5M8c0oS9z1UnJI5nEv6bGVbxJrFzuWh25gIXCt0yLCOC"
    "Xzvp909k+BYa8sNBGNaQX+dRkF+n68evEzbb1alRBF2PoAoq8TC6WUk1XXA/pWL7KQat0H"
    "9XWP8dY85fi4E0GPeVzEPykh1sJNTJyUl+pRu0XE8Xtn3fdwgwF3Stq2iCIUNCKO8CuIGb"
    "eGpRcBCA9HLcQ1wxFw00tj3A+d43CpoZaVvmnOqmuRwU3CgkwdeWg0cQfO0J2bCXhPC9KH"
    "zvVF7RrU5/0Bs+SJ0BxLS7xzx+j3tH278QxQcx8k0eH+9G1EfXrdfxmRacsgfu5zzgfk4H"
    "93MMXPvbEYd3d6iwT/niWOGygX7wYGHhSiBcCYQrQVEhAC9XsFlkLUkMcMsyBQH/9Synfm"
    "71si1DIEXX6VTxXQBczTF6wnjlao/dHTjdzNMQGuoTcr787/1uh7sTjx3hZIwUAyfpqE93"
    "Y6HoFgKB+KIIRfeRARXsu3AFf/XxehRXcP9TWwT4MFUlRrnwwT+X3hA2iPziRyADUZIEEk"
    "5QlGGN8CsWSECNiWVswTxgxx/CVvfsCfEzdpPRwB72/NTZ5ik51XTxZiCp9NhOMsAFiA1I"
    "H2BocAnQZFsPZ6lmYkfXUFkbGuH3WSrGE7b+xsQSNoGgjXfshVUsw5yqIxOzWcIk7+9+Yj"
    "cy8JQyUpiN/G5sbuqcDEQZFVuKppv+Y2iWiUDpyh4ZqyaaYFNTcYNVtLl5XyC6WNJnDGYT"
    "RrwxNCb3OTl5FNUcEc2C1mffZJjUfusQEAr57wAu/+WYYGVa7pt5d2AvB/sR+6m0qV2Bvy"
    "iyXxTGE2sZG3hEWNkWBC9eyYR4VCbAEYrgCdCGiWdPbAYQ/lis97CxYp3IELGwrpvcELSE"
    "WzPwDbpByhzeNrd9xwW8xoZ7vDS6M21U3otT+J2Zo/XYDkoZxFGfYA8IkVRcSJ1n+LUt4l"
    "7sToQYoqlbxAZJTrdX9zFlpQPvD1t5097N8PcGYv/AmNdugymv3WbHX7s9RtNsS+yKdzwi"
    "t91fpJ7Mr0AmT+9kRO5av7TupM5dA7lHI9KTWp1fGPsm3cl+ccJFqDkY9jpy9172EmvHLk"
    "Fa7YEECmUwQtpHPO02z7oNz9YZ9Fo3w4GTZtQ/GxFgMu96zV+hYf+Y0Qx7Palz+7ss/cYm"
    "WucLayt2iaf/7vTv2bu2OjwFuHsSKOkOB4EidsYwfGy32EX+A2cteJl7uGAfjciD1PsCya"
    "bsX1bn94ebblt2nyR0OiLdR3gXufsosacInHglTMjpS14RP/PKpN+k3m0rUOxe8Go0+/3W"
    "l45t441dCrTz2Or9HmgFTqH/2FDo291mH5XD7BvmFMKTGCS8lM9MiCpLuivPRD6IXZJJa7"
    "FvimXpnAsujGIC6ZuGshSBVeejbSuibge5Rd4b3xRygXIY5T/XjPfWrITAqt1+HkFakRV+"
    "l6OHoSUx8btR9ggFxDsgnmG819YGLt3bBDj/rhyl2PnknNiFfUB+lf17ygbqUTfwcdS7e6"
    "0UPunbXCwKrMaOjr6Y5dkjEVbn4sZPQpNGdTrcbn2BdXGsTbo2kvi5fEpEn/p0y3XtodkZ"
    "OiqcAqpEm6qB7N8RaT08cj2h/QsKuh47YIKxbG+DB0q68JUReWw32XX4Xw4Fkm0zKyqwB4"
    "mOKkaeR7aO0Cc1YJErwLdEyKqwDoWH7scPOYbuxw+pQxeKovHLZKapyQahe50qKUt9mCwC"
    "9Azozg/qLI6lO7xpS+ixxzgX2JQstMjbhWE2piexlTHyNQVPAtnAzxrexLHO3I8hSiq2Yy"
    "iwHUPU7aDAepJAWkFx6Ci+ohpZrS1Z1ebYLLSER+kqiPfhF/GAb1MCB7LLTTFCLfwUS+en"
    "mNjXk4SlLJ3bjJAJs8W5JYk8PyZehKIeCVgD3GhNbBbENUImlgAR4Hv6AN+ERfcAADf9ls"
    "5ypd2JbvhLkwNbd7IfANxiGyRH14bdbsslgDeyNJYqOL3F9YS1hMAQp6SeFRNiaxkLhIPM"
    "NB3bgeAQLMD3oGK4UQgNcAZhA61sVQSEdFgLTBDXBhlL73yFjYWyMtGaqJQkxJ4f8T4JcQ"
    "oirPy1WRfh4C9EmfMGFVargogGSAScSXAWDdcPEVVQL3h1fZ1HD3t9na6HhbII0tRYJmkF"
    "M2D2KCqI8eFtv0vGe8H9Ywin+0kESKpgojy5q4SV6G2V01PCSva3KtXgrj32JL63/F0DeY"
    "c8dum+1XuAq97hiAw7d92O1ED274jcN1ttqGL/Rnnv15kkK4MyAJdFJkmAREyS/RNXFLMS"
    "hKkE2yKygbxRK5unadizryPkB+jtM1rPzq2zbfXRfj0dohXdXOZuPg975HnYec/TcFZG00"
    "OpE+PaFoYen1Ap5gcorO+2QMgG3RSwQkDyIb5jBSh9GnbWJNdOUHdTNKEJhly0pnvBRBuD"
    "kjnaaNYC2amXeFaqMU/JNHYkCjsvLU9Xm2yZOOG9E7Mq2YCxB3JGhK4Re4oohiWS5L72yl"
    "cX1oxTilzu4A+jmZqqyJsrIk1R3BOaLyD5sXSrnw7L92cC5BvQQHakXxuI/RuRnzvdXzsN"
    "xH9GpPWl0+2BetE5gKw+98O+xHM28QO4ctvt3dmX7KNyaCFFVNGpHNI561NE2+sRVAHdU+"
    "t6XeZyD/W6iI3eE3OLIVsEb7d+mRf98oLteyAWZa5jlMLtOSl22Zc2c0uMETohuWSrxTy8"
    "DqAW8x0/zxPZnUqx6OAqlVKsiQ1tuqglaMScknqWOkzx6+zShKXDemAv11QRMHFqJwiATh"
    "++TB9Uekk6XfED3uOJm3OkSxUBkkrwBCfwZYNJVQBhp3oF0b3MFbF9mRGxfRmP2GZ3tHCS"
    "ZAza6lQzt0sSNX1qUwv9H9I184w/U0ngAhjZ/G2UlY1wCtDATRKrcMqP2V//D/MOvo0="
)
