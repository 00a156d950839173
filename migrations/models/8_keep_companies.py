from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE = {
    "sqlite": """CREATE TABLE IF NOT EXISTS "companies" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "ticker" VARCHAR(12) NOT NULL UNIQUE,
    "name" VARCHAR(200) NOT NULL,
    "industry" VARCHAR(120),
    "sector" VARCHAR(80),
    "exchange" VARCHAR(4),
    "country" VARCHAR(80),
    "currency" VARCHAR(3),
    "analyst" VARCHAR(120),
    "rating" VARCHAR(20),
    "is_active" INT NOT NULL,
    "snapshot_id" CHAR(36),
    "sequence" BIGINT NOT NULL,
    "version" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "changed_at" TIMESTAMP NOT NULL
) /* A company as it is known now.  `snapshot_id` is the row with its latest numbers, null where it has none. */;
CREATE INDEX IF NOT EXISTS "idx_companies_sequenc_6c7926" ON "companies" ("sequence");
CREATE TABLE IF NOT EXISTS "company_publications" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "source" VARCHAR(120) NOT NULL,
    "as_of" DATE NOT NULL,
    "grade" VARCHAR(40) NOT NULL /* EXCELLENT: EXCELLENT\nGOOD: GOOD\nFAIR: FAIR\nPOOR: POOR\nINVALID: INVALID */,
    "covered" TEXT NOT NULL,
    "companies" INT NOT NULL,
    "run_id" CHAR(36),
    "published_by" CHAR(36),
    "published_at" TIMESTAMP NOT NULL,
    "withdrawn_by" CHAR(36),
    "withdrawn_at" TIMESTAMP
) /* Values of many companies that were made known together; withdrawn, they are as if they had never been. */;
CREATE INDEX IF NOT EXISTS "idx_company_pub_run_id_6e0e3f" ON "company_publications" ("run_id");
CREATE TABLE IF NOT EXISTS "company_states" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "epoch" CHAR(36) NOT NULL,
    "sequence" BIGINT NOT NULL,
    "changed_at" TIMESTAMP NOT NULL
) /* One row: how often what is known of companies has changed.  Whoever changes it holds this row's lock. */;
CREATE TABLE IF NOT EXISTS "company_snapshots" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "as_of" DATE NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "quality" REAL NOT NULL,
    "texts" TEXT NOT NULL,
    "figures" TEXT NOT NULL,
    "origins" TEXT NOT NULL,
    "company_id" CHAR(36) NOT NULL REFERENCES "companies" ("id") ON DELETE RESTRICT,
    "publication_id" CHAR(36) NOT NULL REFERENCES "company_publications" ("id") ON DELETE RESTRICT
) /* All that was known of a company as of a day, once a publication had been made; never updated. */;
CREATE INDEX IF NOT EXISTS "idx_company_sna_publica_eef597" ON "company_snapshots" ("publication_id");
CREATE INDEX IF NOT EXISTS "idx_company_sna_company_f32e85" ON "company_snapshots" ("company_id", "as_of", "recorded_at");""",
    "postgres": """CREATE TABLE IF NOT EXISTS "companies" (
    "id" UUID NOT NULL PRIMARY KEY,
    "ticker" VARCHAR(12) COLLATE "C" NOT NULL UNIQUE,
    "name" VARCHAR(200) COLLATE "C" NOT NULL,
    "industry" VARCHAR(120) COLLATE "C",
    "sector" VARCHAR(80) COLLATE "C",
    "exchange" VARCHAR(4) COLLATE "C",
    "country" VARCHAR(80) COLLATE "C",
    "currency" VARCHAR(3) COLLATE "C",
    "analyst" VARCHAR(120) COLLATE "C",
    "rating" VARCHAR(20) COLLATE "C",
    "is_active" BOOL NOT NULL,
    "snapshot_id" UUID,
    "sequence" BIGINT NOT NULL,
    "version" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL
);
CREATE INDEX IF NOT EXISTS "idx_companies_sequenc_6c7926" ON "companies" ("sequence");
COMMENT ON TABLE "companies" IS 'A company as it is known now.  `snapshot_id` is the row with its latest numbers, null where it has none.';
CREATE TABLE IF NOT EXISTS "company_publications" (
    "id" UUID NOT NULL PRIMARY KEY,
    "source" VARCHAR(120) COLLATE "C" NOT NULL,
    "as_of" DATE NOT NULL,
    "grade" VARCHAR(40) COLLATE "C" NOT NULL,
    "covered" TEXT NOT NULL,
    "companies" INT NOT NULL,
    "run_id" UUID,
    "published_by" UUID,
    "published_at" TIMESTAMPTZ NOT NULL,
    "withdrawn_by" UUID,
    "withdrawn_at" TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS "idx_company_pub_run_id_6e0e3f" ON "company_publications" ("run_id");
COMMENT ON COLUMN "company_publications"."grade" IS 'EXCELLENT: EXCELLENT\nGOOD: GOOD\nFAIR: FAIR\nPOOR: POOR\nINVALID: INVALID';
COMMENT ON TABLE "company_publications" IS 'Values of many companies that were made known together; withdrawn, they are as if they had never been.';
CREATE TABLE IF NOT EXISTS "company_states" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "epoch" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE "company_states" IS 'One row: how often what is known of companies has changed.  Whoever changes it holds this row''s lock.';
CREATE TABLE IF NOT EXISTS "company_snapshots" (
    "id" UUID NOT NULL PRIMARY KEY,
    "as_of" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "quality" DOUBLE PRECISION NOT NULL,
    "texts" TEXT NOT NULL,
    "figures" TEXT NOT NULL,
    "origins" TEXT NOT NULL,
    "company_id" UUID NOT NULL REFERENCES "companies" ("id") ON DELETE RESTRICT,
    "publication_id" UUID NOT NULL REFERENCES "company_publications" ("id") ON DELETE RESTRICT
);
CREATE INDEX IF NOT EXISTS "idx_company_sna_publica_eef597" ON "company_snapshots" ("publication_id");
CREATE INDEX IF NOT EXISTS "idx_company_sna_company_f32e85" ON "company_snapshots" ("company_id", "as_of", "recorded_at");
COMMENT ON TABLE "company_snapshots" IS 'All that was known of a company as of a day, once a publication had been made; never updated.';""",
}

DOWNGRADE = {
    "sqlite": """DROP TABLE IF EXISTS "company_snapshots";
DROP TABLE IF EXISTS "company_states";
DROP TABLE IF EXISTS "companies";
DROP TABLE IF EXISTS "company_publications";""",
    "postgres": """DROP TABLE IF EXISTS "company_snapshots";
DROP TABLE IF EXISTS "company_states";
DROP TABLE IF EXISTS "companies";
DROP TABLE IF EXISTS "company_publications";""",
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
    "eJztfWtz4rjW7l9R5cvMrmJ3dWc6PT30qVNFEqebGQLZQKan32GXMVgE7xiZsUzSvPvMfz"
    "9aku83bMLFOPqQ4IuWDI9kad3Xf88Wlo5N+qa10g1HIY69Pmui/54RbYHZQcrdBjrTlsvg"
    "HlxwtInJm2vQTsWsoYH5HW1CHVubOuzmTDMpZpd0TKe2sXQMiwBJj2A0nWvkgd17tg3HwQ"
    "QZBDlzjBgloYyYtWTnmoMWmo6R4XxCBD9hG62WuuZgveGesm+D2ekbeK5uTdmDDfKwv0es"
    "iPHXCquO9YBZTzZ70J//ZpcNouPv7Mez0z/P2JM04qiGDgR0NfkPnnpnNp5ato51VXPOGF"
    "2sLftKlp3WEh6xfFRnBjb1yEiJtvy66qyX/Nr9ffv6hrcESCbq1DJXCxK0Xq6duUX85quV"
    "ob8BGrj3gAm24beHho6sTNMdau+SQIFdcOwV9n++HlzQ8UxbmTABzv7PbEUE1Lq10Azy5h"
    "HbBJtvDJ2+IfiZ/dz/637REJGqdntDdaAMVfUsMXvgC8VG2700tQjMPIM4MBT//Vv0G8DD"
    "r57BA66+tPo//vThHxwQizoPNr/JwTv7mxNqjiZI+bAGmEeGrCj0EaJdjoB3IRiC4JXz4P"
    "QAqxjEAaThiV8U0TDNCwB1J2zt8ITnJtC8mmt2JpouRQxL9uVOcFqeLbTvqonJgzNnpx/f"
    "5sD6e6vPkf34liNrsY1LbGtd9845vxUF2FvVH9nvKwNznE6CXQLscutDlEouuTFQJ3hm2T"
    "gJ6BB/d9IBDSi2mrWns9AOlT+G0POC0r/M8OT88bb1B8d2sXbvdHrdz17z0GS+6vQu40vy"
    "zMF2Gbh9Aol2ebTD3HNyzXCm1ww5x1jgdOhj1LEB0F3aN95BvdaQYftWGQxbt3eRQbluDR"
    "W4cx4ZEO/qjx9iy7nfCfraHn5BcIr+p9dV4guT3274P2fwnbSVY6nEelY1PYyJd9m79DcI"
    "RLPHEHsOFyba9PFZs3U1ccc6t7LaJm8tzhfxKxrRHvggAZrwPV0J+VdrcpYiOMPlRp7E/B"
    "9rUkJQZq3fIDTWmAi7WDp0jKbWio0jF2Wpo9nsUCM6mmEyxbSJnucWmhnEoHNM0bPhzNld"
    "ZJk6k2TJajFhHwZFNp6taJbYvO8HFhGi2XMc/mbprGWqtGw9s1fOPWb/eQN7RVSLfSv1EX"
    "OlhehFys9Sfj69hbgEMxd+FYoiGqaR8nMUz7JinRTnSohzmv2wWmB4WBluOExUC5gPzRL7"
    "G2pyUitsm+awt9k31Nj2mRSmPeLDQX/2r3vlXrkuube5VE0kPkekf9/ttrufm8g9GJHB/d"
    "WVolxDI/9wRG5a7Q5cEp8jctXqXikdfsk/jDNLRd6f90Xen/fZ78/7xPvzhG2aqt1rk4yX"
    "J0QRGz/2nfc1fu/2tTw9wDf45/m79z+///jTh/cfWRP+Lf0rP+cg3u4OY3AubQt2gpTV6M"
    "a0tAxEw0QxSGdAtS9Q3755e/jl6Lp3f9lR0F1fuWoP2r1uVATkNzmv/ZdpOByCvtLqxBd9"
    "V5YoMWvDJIebtvvCd9fTNi7pFGVV4nR10C5FV9zzt0WWXNYqc83l96JwT2FbNFUbsx9MAZ"
    "cE5JeWZWKNpKOeRh5DfsLo9zWp/SuHXTgue71OhI+5bMcZlfvbS6X/47t/RBeQlOmOKXzr"
    "EhxjQFGHKX5obnGmGebKxgxPPYNpTEc9TlcH7PctEHmYLRhDoT2UssmkkNYB8UPP9qmNAZ"
    "vtrAVRYmksqJyxIDzSrja5/CgHhHKEKz3C3ECx7bscJd7BSJ/QwnpqA824bYrVFXEMc4uR"
    "jlHLoa7yULvWxS1f6hi1HOqqDXVFrPkDx7KxfmPwH50w6ofuNvJs+zPWooRxf7U0LU1H1g"
    "xZcEax/Qah4RyjydrBFGk2RjNrRXR2DvZ3w0aDL61/nl98SDfdv6y70t7taTZ4OtdYf9Lo"
    "Lo3uJ8junobRvZ6A8s8EmNm6Jq99LczBMR32xUURHfbFRbYOG+7FtBwWYW+0I4AqgXOcro"
    "Z4vytkM3iXYzN4l7QZUON/U3DOtHd5zQ9n69onvDs2d7lMRYlZG1DUcL5+eF9gun54nzlb"
    "4ZZUgUoJ68ASFptF2m84NdjYu9XIk604e/uI1wXlqxYSHOwPFAElYpQNhMnUXi/ZzENMDM"
    "I24pdFGLDB2mHbeGL3Zra14P7OBrhEsXkJfbJ+KGZz3UnKXvt91Ga5TApbUtjaegQqLxk8"
    "22xNSHO6yN7+QyQ13P/34+MiWQDJAuybBbjSzOlK7HH9FUnjBGItchmCadBWtVekTPaRgL"
    "LBtuWlg2aWzUOZNProhjqx7wWaVP8YFvwmMhyKDJ1dWVPW3pjO3yDU5YlCRLqRrFwke35g"
    "oaCqSEz01FosV8E76+lvw5elElfyFae3HpfgLGRuARk+tU9GbffhH6xng5TS3wYUEuACAM"
    "v4tKP4YPJdTzceME0RP7Ind4ysFtDvW9d7cGf6qgF86LltTSi2nzjvXyYCKk4mLUNpliHM"
    "HqCXC98L0Rwyeu84M3oX4XsxUbGsbihKLZVDUjmUrhzq4xn7IfOh9YhTVUOR+408xZAtWq"
    "oONC2hFnLpEKdruF5yno8c6GZAGeOwfbIhVDFgyKHcMxAxPOfYxm8QuqfsFIIsWQcroefR"
    "EJ1btoMe2FfA6Qqiwz26kKoIU4gZd0Vc/H1psC+XrxLagnnbMd92VFPHfri2bG2QQelq2x"
    "U5QivX48qtxxGBP3j3yg90lFiOdKVHGhKkbTfMIUoZ3lDlIY5uq4X1zREqqW9mO2OCY01g"
    "nCIRMmbJeCC/4TWHOZztKIapF/MR9HSawAZXg9fa1p595i02s9iBKHbAB6A1uGpdK2d/Hy"
    "kax8U+LRQnGJZsCcD9ZSV4f8rmxj8NxnpDckvgvWfawjDXwHprphnlz6lw45pZpmk9Cxcu"
    "I8UtbDfdjsiIjIOdfAycP3SEeYesPbH8bthMwjb9hMY2fmI96l57ih1XLnC/BgEq/lDP5O"
    "x+r2fLfqSF5QQIMSojJEi7sbQbV2FlfGnwz5L96i2ZtQitZMkrza+5y+r2mcSj5HK0Kz3a"
    "UtR+LSMdcEdbvdVhYilwV3mgQ/xpUc4nRCL5nnxRG6DagZx973ZzmpBuFLJDE6qshJ3gRE"
    "IWrSjoly79zW99LNyMs/GO29Fqgvvf+9RH8Dmaoozw5m62JgKGv6AaYmAt8MTS134ZDW3K"
    "a29AOQ7MZFGTy/JuGUvI8DGz7IXQAYynGrGIMdVM1W35YDxh+omJ+bxH9q0wmms0VU9xwO"
    "eWzjECfulSnSDVCZVei16oTuBvThLOHJ9ej6B2hvPziyKWc9YqJ/VFwuNRN+jS1NZq2RQj"
    "cbpaeD/uO5/tUqP02WL7LVv152XQThDWEO69RG4+2GxtZQKpbbm5x4oiniCUiMtYWalAKO"
    "EOmTA7v1A0q5/Jea9S2aVm9/FSM1JFs+BmI08+m2i2avN2hfOKMBIh/TwzwUa46WMdPdsW"
    "eeD2Vdcv0zYe5lyG8pqM+d2xeBo/tTH6ddDrNpBYHpBjIVE0MS3HyKEemyKj/XkG6UlsHu"
    "TkcvEhPwsewfdvmZPk2BJFttCW6RQDW1Wu19GmPep0l6rUaAm25xQOZ91cOO0UQlvPvtx3"
    "r/vK9U2vc91EoZMRue+2GRnbZK++NFHoZEQGdx12Br227tghr6YWv+S1ck/Vr/1e93Pnm9"
    "cydnlErtu/t6+V7rXo4/rX+8EQ+k29PCK37cGg3f2s3vXbV0oTRU7ja+dxIkm95Tc5ebIj"
    "7cI0VZ40lY218za5MqCHaSToW4Gu0bTNJacOmU9RC8CjS8lFIZHzIkfkvEhJJ2qt7Gkp7V"
    "VAUUOMd6+3svHUsvXtnQIi1FKqr5xUHx7rhDBTWBqJE0pbRr6LQABYEubSjgLtSGenCe9G"
    "d4HEFIs4DfTZ3Gcs7vBYfvlXlr20APXW1Mnwz483aeSmcPMaq9rUz3SwWQfzFdQgGoLQco"
    "2skW7ooMOAEFnK9kNMGwjPZpj1+IQRa8lTqkFxJ3B2H+PvKqzD46SOZTfdgsM+l3GaaMxE"
    "RJiklj1GBD8jNhlZZxCXO9YxsRYGEfcsU3+DmGDU7qq9mxuur7lV+p+VfhNRCy3gywhSeJ"
    "AFWpkx78W/yC6NSDB1PoFhns5FI6xN5/AE3voTRAQvDfJPazZDC+sJU9aUvdLqzBYjMPYC"
    "AuAqmmjUoOyreVJY0+tY4701RoTxzhBzjMZLbS0AQDwc2c90+8hWYQL6KBs/GZQ/gXsXUD"
    "S3ntnDHEwYxFypxWYD20ghZS4kxzOcuc5eDVJCKeUJ3O5YJJRSf0bvSP1URfRTtVeyuOsB"
    "/4DVQbzoTf+VHxHvfRefrM2328teR2Wgdj8rrGH4NFCWBPqRaig9vNcrMZbZisYQyatWNP"
    "pbRYoJyXjITBMUIdsqR1DF/I/dFEG/nJ//9NPP529/+vDx4v3PP198fOvnCkreyksadNn+"
    "DHmDIlM4mUgotB2Xwz9GKEdg2xGIcCHJMVC+szvXeGosNDPDsB7vIL6cCOI3bienNy5564"
    "ly1b5tdX48/9h49zZWTz28kMfr2qe56BRAOt1DRwKcdIZal94PwzQv3BBPCN7kfig1nnvX"
    "eAp5LAlx5mYXJjlcPsK3+93ndpaM0JdYt9Mhx8llaFmVdcjSXvB6xlraC/aXSgG0eWXrqI"
    "ZoXgDo6SyO0v5SPftLYhIfGuBqTt+N+IZf3kqZtm4wjhoCwtcbuUXfWYvCzsOsBdYWYGT5"
    "a2U5YFMCa48wmRgO2JOITptecR8v6pJ1S6jQbAjDCnf2FYmgRD/QI7f0OMb0Mc19+DAP5t"
    "mqTKxRrK6IY5jjBvTEnmwiYGQaYBHiN+DJBLlNeWXsMdJMiC5daGuk6U/wqiAwWI0dbC/G"
    "6MG2nqkIUeWPE1+UPX1EeFwqdMF/0gwzSvZLIJDV7cYLbLVMqMQI/cH3sPEMUie+tMjicS"
    "tXVyh4b1fmhGw7EV5a0xSNVTar4BNIxiuROZ/9GJKmYMnTdoepaqMAOLCiWzrjb68T5KUb"
    "SiisAoLazNadqasWmv2Ine30FxFaqb2otPaC76ZP2C6p642TyfozKe9QiH0tw5bEyKQSIw"
    "1VLiZssTbFqKUavcqLE8hiJRYlr7nczYdpir/jaU5ubDGgqeoTcbOxSYcCzhsLXFCTMowo"
    "IEBvAPqHUHFlDQrlmBgcaB3h10tXE+higkXlZfA41Z61NZpqhP050zlaLZOak30+6AVaB1"
    "OjjrqdEJcg3c3bdFxNxAFFOamfOAAPMDPsrSd4krZOzOuB1RVLbW1aWqmI2hBJLTxxDh9Q"
    "O8XG0wt8C8LUUjqvHANcEb4tZG5MYdyixshszi0wmJZIc+rM2fgKdgmyg2poaRtTKGE4Fo"
    "loxq49ijNYhuNbo+ChwIZNNJumJzLdWc8v4M1kCNHhQ4jE6JYQJQOC+rC/u6urvF5MrFI5"
    "SQOK2tk1fzovYNf86TzTrgm3YrE+RzUZH5uN3X+CxvrHEw57V781Ef8YEWV400Ts34jc3g"
    "/vWx315h5CA0MnI9LuXit/NBH/GJHe3bDd6zaR+ByRPmOFmgj+xzfVQxr+w3GEwr2jzEsS"
    "ptlq8Cqm5o1hXATibIQToT8r22bC8boMwGGaKr8d2y7zRVb57EU+kbEHT1ODCXO2UJ+ift"
    "N39+Er7Get2PNKzeAwTf0wfndeBGTWKhNlfi8elrkiJVEOkdQP5CK8YDYrmOAEpytqLMst"
    "wi5B/aD9pQC0v2RC+0tigaBGqaR0Xvv6AfuuyKR9lz1r3yWmradhL+3JliB83f5sMsZ190"
    "xC5bSrA6EaydWxDnz1SRFNqyq0LcWDDnhz1zxNUNAR15HONb0hyk2P2RI4xWPIejX23Pcn"
    "ljNnFFNzpWP9E/+VQdSAQREUtE2NNzjEMwvmKvfB5c+SucqrrMg9vuoxuSbWSfcoXoESW7"
    "ZP8JqzUWQ4I2ajVsj/sO6oSf5GZi2u6nQ9CU+BU8xCcMjN8vUFzR8B3RPPWdxheFPnX+DC"
    "e5Yig4VvN/LEL+EEXEzkAqdhk3csfIfBsyQiBL1B6KttOJD8FmKWbazpiIlFY5eJF/FVb/"
    "iMfsO/W0q64n095CWeL5Vco47qS7AfKYl7NSUB3py7zyd8cfK+E9rrt8zeB+nOrBVVp6ZF"
    "twQ73oNMmbgBdFDtbAO1RycB3gDw3HjYKumnRycB3gCwyfj3LfB1ySS8G+B9AsRKBoQEND"
    "I/87ZxIJM0hm7ztJ6ksnNyWsentUYft4HXJZPwboCXTUOVGv9bct0IU8mVY9uVg83RLbAP"
    "U0nst8VeJhva2nixlUpdatJPQJMu4ytfz1jnmSA3B4Ochjny7Et7MOz1vzWRezAifeWu02"
    "IXxCecDxiOHaio7R+OyF2/B9Wj+k3kHY3IjQKN4D/vpdXuCyJxNCK935V+nzVtIu8orpgu"
    "FM6w85CRU0poWAs240V+dsWsbT2Chxb7dxBbWxWsBPsxtb3IfNbjv+XKIp7JK2FBi7Vo5B"
    "nRLN4WfidvXKreZ8SJ0K1SCdF6bhQbejCgnKWGbONh7iDHyirwWbofSGrcdqgIJeemNOjy"
    "kR3amMeRQ1YgKM25YHPCWJoGhJnz2pyfoNCnyfqzAYBxpGAnO9Gxba4hXt1NZjyHyPSG8H"
    "dk/Y6IRnn1zyav2smkXO47udB0KK+JF4gn0355uLo02h3GaMcn1LasiE9caU7kqtXpNBH8"
    "Z9zF/ZAxFvfDivAHztrcng/0iCsNvnLf790prW4TeUcj0rpV2I4A17yjqgwHrKDbqDwDSm"
    "nC3qT2xN+XRlrwXl45Vo/iVSt/gp08CV6mMBElOpw48e5tlbNURsus+szQNq9+jFxaPTa8"
    "/gGHWZKzSxBKl9Fcl9EAryTK0mU0RY5NTLAduIxKncKp6BTuQJDusZXcNnR8lqJSiDZo5G"
    "kUuFCuWm7bwiGRQpb3ohM1fWEQA6gcJs6DkE2x0+RSOnfd49K9axgbNxBr4wTOt6IrEZ/I"
    "OzQo/8FpUZGHeqzMXle57aORoxk4qpn2hLigJKMuHaH3z0baeGlqU7yV/1eYVvLrG4HWaN"
    "oqkB0vGVBUWTNVXN6MaJ0uCuUGvMjJDXiRzA2orRhOZUvORohkrnYZhfpq/SlkkftXOdiT"
    "FCVy9nIZp5MFruK5C6toca2E5mi3ejkZyl2rUG4epHzFfgMmdCXmR0xxFGvR2BjQzSEJGh"
    "dzRaEYrBAmWtrWk6FjmyKqGbpXH4pLlqK89tx6Zh1xtc0aaWzeYh1KEQiunY55m7FwMoQz"
    "G6NfB70uMg3qpNQ3OPCzpUtJNda3Ro7iCApeWFvnOg+oqyw9nn1V2p+/DJVrtfW70m99Vp"
    "oofmVEbpXrNng5iE923vq1128Pv7Er7tGIXLLlSx307vtXrIvQSfxFO45HhNRkHSDKDpbB"
    "DHbAtLSsUKQwVQzkGZDVDNre/WVHQXd9BvGg3etG5RJ+M4p3X2l1YkA/2Jq+tbeVT1zpVU"
    "n540rpdJTusIn8wxH53OtdNxH8H5GbVrvfRPB/RO56PXCzZ/+hFsPvrU77Gqox8INqrD8u"
    "Y5ActOxCbyGSKg/VTmT3fRR6c7mvMpCHSCTkW0Auo/rqqqySWuh6j7WMNzoVfdALfYOEXm"
    "PgaOkJ+6INGvm+QaKpSqFtQQ3PF+uZl40UpEi3MG1A2jxwvWFX2eZLXQce+kghITnU00ZU"
    "e2bHTVER3DTd0BzIag5p95K6nL095QVam+OWpatQxb9dMdfZepsJG6/HNOfyYhJSiLzKXO"
    "AZY8AGED4sPqHunMKrzindEfnS6tyo4oJ/WA1JiD2OYO5ftu34RHuo9BBdtwdXvW5XuRrC"
    "QIXPRsQ9bHc/syH0j/3rfGSD1n0l3D58xkVhHnwuPqsxzDPNMFc2Vm13HymsD4oTbqkSOh"
    "3T5i40QstfLkqB7LaX2BbAdsp4gRQtQl7iA5/kcGFKew5SOnBmJRuD53FqxEcm6BGaGiW1"
    "2ll82JTJiduYQDw6aQHZZAEBpFRdKxUTGqZ51VGhkGR4WwVThFa6vVVNuxTJ4MtEbVXgsy"
    "X/H+2hwhUlz+DeTY/XC/cPRT1wtdO+bXMeP3wGbP7N/UDkhOIHI3Ld+8qEOPg/Ip9b/UvO"
    "6bsHI/K13+t+Vgffbi97nSYKnzF58H4II86ae0fVEA2C8VMXmFKtXCXydOoKz4Iq+eevlr"
    "AIbrnIRomlEr9yy+yLlPi7UzL38Yz9kPnVyqaWfZaiZI42aOQpmW3RVJ3ytiWUzOCcBz57"
    "jkYfefDn1FoE+aToavIfPHUg9dN/rAl6sDBl10XNTIj5TFcpv7BPyHQ1dluNIaAU1NHCuz"
    "CSNqshYlQZGPwWotg2QIHNnoMXS2cdKKhFqiu31EyGfvrPM8fNY+0+WlborLLPoZOaq7wY"
    "Y+SkJyyvlkr0X/e9oTJoIvHJ+JtWu/NNvWz12bXgGPx4hv3Wdcu7FTkdkdYVZJNj190Dnm"
    "7zpt2Bnr2jEWGL6FC5VbpDdjU4HpGu8pVdgf+gNYcOVDZkbegvcsp6UPpt6FN8VoN/8t7j"
    "EkxTiKTKk2NLVunD+wIQf3ifCTHciqXSYQu6WrosaZTqdQeOC9NrmTkapqkfO7/7ZUBzHG"
    "AHtuXm4+SSn68cPx+1p71AYyKVJSerLNlaTyJVJMVVJBURnBX2a62FMR1wge8sRXKOtWjk"
    "ic7YbavSoHGB3E2itSuUij7WENrGFpkJpF6GJUanXAY1HCa1chGUPxRoIAPzk2aucEqE3Y"
    "77llmYDr9tvkCwFWNcwp4bEOzGin5cF7id23KzIoCyrIy7DPqpkDfh7mU/x3CyclmnY+sT"
    "1FC0/qnQFvtTzhb7U4oVAhL1l0HYJ6ghwu/OiyDMWmUizO/FuEZblF5J8UTI4RjDRDVEeh"
    "9lcSBETzOZIPefFXXS4x5ytHLp5PVj1D8WQf5jNvIfk8jnVJ7Ki+2r6dTePcDSUlxnzVJF"
    "BN4bg2hkamgmDzfi61+K0JvSqpEn+M689iIyCQgKSr89MON6NML4OrUWS41wKXVmPKxsSO"
    "diUJ7NReQShi8rmpoG2IYtLtuCUyUSEgwPPMLfHW7ABQCSkvEBn5tqIU4EokHFJj7XmMAu"
    "cphgJpirIuLCXUmlGbnC0rY3gNtoi/3Br/A+yUTiq96tAnZh+ByRy1an1b1S1MEXRRk2Ue"
    "R0RK5agy/qTaf3FconuYfV0O8Gb9g2QxVQV3qwvimtfhPB/xH5132rP4SqmO5BNYZhZtAp"
    "2zDWWCujoopR1anG5c40VS5Gf6002yml/0sSyqCOJLyhfbmom0KI5FUHHMwMk8ko5bAL07"
    "xmB4/pyrbL6pfCNFXerrZVlRZRlGarSZM7Euf6kwBnpy8KkdQC3+NkjJJKpT1mQZNZhOqs"
    "VjrFNNxVGeCa5uE+Brwnnoi7i59p28GLsxRdqH+vkacBJayVarBmxSu2GXjK1YlAynMliY"
    "TXbgYlB5smT5TESwsiDT3iteeSYz2T1GJsL+8xVVcZcRP2UlAxYqmPPPYS1cjRRx7FIbxq"
    "y9P+k1yHXoctgPboagj2eSE/lvMcP5bzpB+L9BTad7wyXS0WWlqN9ZwcvgFJHRwpDi0Dr+"
    "yUkKcczyw7LdbpJJFOLBgFV4zcJSO5Rq8mpkHnJXfCMFEtsd794uxhtqWyIU5+GG1DRWqm"
    "nJyyQSqW6j3WFfFXAun7FhMX/VTh3Lvd2CifL0TLoiJ6OEOEm7w4KmODe5A2sVbOG4SGED"
    "fDpqqXZYI3/IGJ4RBaA9mM2WSB+BoubbOpb6dI8Ad4YLozkoMXrlomqqeJC/gpfkuRVfvf"
    "UgNQJQ3AKe7HcpHeckOW2v8dv1ghaIP1sTCoAYmEc4MxxVWuv9CMEtbTnyasm40owaSKmE"
    "+uWoOr1rVylrEeSBtVHWxUV8I9PY0L9m7lcsDCvb1EWLrrDw92JAgNp+iRbT0EsX/gIk+J"
    "tqRzC6DyM6vZ1jOCWtmc5zShRInnGc/YUvg56BnSskF3kMuNWCQl7duhHixyw4n4O+z3xG"
    "MCfqDQnnhdc3f+Z2DHGf3SgmmFHKuBnjUqyphM5xphYyZj5E+PR3aMaWbdkiyLwnSnpUoq"
    "FNn97rxQXGxOWGxcJXjcEjz1V7myX7ZijyxlewzT1E+zvZfgboqnjlVqlQgo6gfx7kNf8X"
    "exhZZBOExTP4yL5NjITrGRyLAxtVak5DIRIqkfvLufwkdxz680xjv2zmdykblOK6eSjW+I"
    "pH7w7mWjY2CklgDKxjigqB/EhRDOATiJr0FVJnUbTyk73aVlmVgjGTxbmC4G9IQR7os79m"
    "SRw8pzl71eJ6J2v2zH/Wjuby8VNrtjdYKSwXohbUEZ4TpG9gIpu2ITfDcKcU9tkjKLc2q0"
    "han2Fbh7hAxzBy7U9oRtmlrKMxP3EMXh4qXf7Rf03aX1s/H2WXeixNJAWmkDqaul3XKkI8"
    "RypCs30hXxV3JNMXfgOzHVstyWUlo1Nttu1uoyIChoxvmdZ+8F/6EFmFR8I5BwL3oGo8hC"
    "07FrYvGsFp+4NUW3tWfCS+OskcYagj1mJk7nmo4IZhsLmmCcEox0uMdKe0sFOcVse4sM+N"
    "6/EK9R1ZolIc5OseETvOrkJA+2lpXheXNaKJ+4ypP0TPnjSul0lO6wifzDEfnc60HNBvaf"
    "F7bv87L2/RG56/XYMfyH2lC/tzrta8j+xQ/iK34hnfbOw++mFtsLcMoynh2sFCKp8lBVNl"
    "op4kZSUACN0MiUXWnV11ekpIYqoNircqoi4TEldFOB2/IkxRiTDWicTur8ahDdVRWcT0KE"
    "Do+2L4iVfIvidPIt+jsD163eojj5Dt6i04H5JF6iaumhBq4d6yxbCeU3aRTRQHmGsaJexK"
    "bpqnw0z403nGub56iBc11bN5DFBCuIeAuUXFzhA6oeri365Op+3Fz3Ka7D+3wa9xeG7N50"
    "jDSih5KEg5IKsoQji5d8pU3XWViHcEM2XjoynAancX2S0WQtik279bZ4sRWvtjT7LpppPa"
    "wwODtbtvFgEPYMqq15Cwr1r4GWug8Bb2ZnRHgEYPBTfqCQstyiWOAB3Qs9CtKhSDYjQVwQ"
    "4t99qtk2fEt+gRfP5p7Q7kgzRGaWW597s7LtT3+mCObUVy2EI35lmGCVVHJSXbSVukgGwN"
    "d7Iw+P9V8rzTScFEb4xrS0DKVHiCY2ujMgqteIXvfuLzsKuusrV+1Bu9eNDiG/CZcCT52+"
    "0urEczvB3lpGlecTSEXeFoo8me344JC73FwZyEMkEvKt1dXrksrVKJUM4E5TBQpBoySwSc"
    "r9gnsa6uuc4PhpENob4zzKhnCHgoRPc9JujN+OvrUZwdsZ83h3AMecek5yDm+EOvkeVzFW"
    "nlevO8tRfTmuoFpA7wVNS9S0s63nJppbz8iaOZj4uhpfKRV4REFAuhdAjtDXucW1TuIKD4"
    "CfW+wnI2fOyFmvP1BkWtPH9Ip2B3nqjj2uMq3GqftDirnYnZ8vU+tU3lacrb/BS2s6L7MJ"
    "+wSSsTmZuIYkmG/3O10PHNUgnbPrrEuriFGsNeVBzWkcgXcrlxnQRKPiJR40260tu7RsZ2"
    "aZhhWkqeGOz9p3ZK9MTD8hrE3noWawP2vInUgoI1HOzvuXztQV3J5yktdgopVO9xchkhyA"
    "TFhz0IQ1ta+SPGz90brsKE3kHozIb+/fvmsi+D8i/d7wi9rut5rIOxqRYb913R62e91WR9"
    "yKXRiRgXIn7rgHI/JlwM7YvxFRru+vWtBYvTj/pYkip/Et4zhO2gb10Uuy1RuC3kOEB4x6"
    "96+cbNg7pDI0nFW6ZisvNVSErI4ZHfawpgmvnjJWnYCiDhAf2qYj0FNx1k6Sh7lHVQfc95"
    "oxyoWL/7QtYPbp6gf0hyJIf8iG+kMCa9taQRIdtfxCkqSsA96HXlA8FEuuKDGyOiC/3yR0"
    "MtVGjXV8kZE2Lbr1QIdpZXxDlYfZVyeW9QKJ0UkfkFwfEB+uJMalnRTuwn2dJLabfRNis6"
    "tSngktroC+tKxH8VNTDBHhBo18cwT3v5iItgWtEkNeVoog15bBDQEMLdN6xjoPlbEZfmxO"
    "INE7Wi2RY3GDwtjGTwYkEhuLYJbJGj3PjemcDYJGqGjedMNqHLRgUzxpszj401PrXblP90"
    "JUpp4bi6xnfXRNvDR27B3iUOSPP/NLQBohkpAmooLEKpVENNN9JExSG/eR3WXGkGFWr0ae"
    "iO7LxRekMJVckeJhVQF/VHbzTFBKQS1XUNMCJ6IXimkhd6TTnLQbpbToW1vAWT80G3cA8D"
    "Da20lO3o0YJ1/gSsnCVxbhwmpL/8+KOry4YKqvfqJVI99jX7RnG49HUFg0xoiyhwuXOro0"
    "DYeLmjwrg9uryCBBkMWpGmgcKRo4hrQSwu0eUlDwLtKE4L09p5S429hU7lnKv1L+rfQuI+"
    "XfqkEqq1BL1YJULUjVglQtnOrQStWCVC1UetJK1UIFMK64auFWsx/PUpQJ/HojT32wYC0K"
    "6gu+cmN2OPaOyeLP7GwOJmguzYMvE0jyFmEiP6aUy/Kirn2Qo9KvNQ/P5tch/2RSb3CA56"
    "XqD+IOFW7HUl1w7P2iIdUFh80OQNPlr+xUmSGSV50s80SKFu7Ts3rXdQuPUW+6cqDus+C0"
    "YzmaqT5BJbMkyMp3xhpc46mx0MyMtTRKHn/9Bekbt4sC2J+OH/O1ctW+bXV+PP/Y+BiLVA"
    "wHkMYVh0+YgoP/1oAne5CY52M+1ehcnWimlpryZjPicXqJ9wa8GX/B8KJGSgrQAmhHqCXW"
    "+VhL5e7rUe6eRhxKVYa3loEolVREVjoS5RY+8urDRBs0cpVmcKlsbRhXnTWz7Ec0BXcYxx"
    "KqKVdZRbUnnpxyzOYnG74xZLKEMitNtyJJA2kzB0qYEB3pxmyGQbbJVpvt4zkyX1bllq+G"
    "1IkdUicm82XtN7eMVJzt3uuDpqaiykmy4VPUYtYeOruGTPsg5bD8LVbmA6iLGFZFV4VKS2"
    "EB/ikSWGRwsqUv/wcWT0zsUYDY4zIMXO7hhR/ddObgRwCR9yZUPnDCcfapuYhf2CWU12wJ"
    "Ie1H1moMR6o1g2CHfzBBDIogidzG0J8F0hbUJMD6Ay/RCTKdIPEe3fSrH3i6PKi2afArDp"
    "S7bIjCmbpFGEQr4hime3dqLRaG40ALSCfQgL6TD/2ExqKh+ojXY+Rg06Si2Ka4jLQHEJky"
    "pMQ/z6xnAmnSRBSGjhdLywHTHPSWcKz4MyqEREllNU0pY54gc1NCxgzP96KIhmkkoFJoP6"
    "jQHv5mCZiz5cwYWR3yCR5a1pxoFKvbuMYkCGs413fsH3MiqqlTiUaKM4ElJm8KaR0WjwOs"
    "1AZZrhxVNx6YOFIK8Rhd/eDefZbjQKIrw8hFqV7Aym1G+zQUQwlIy6/DcbKtFuOqzd5d+9"
    "d6WoAt9dYxcpnItsqK60CTU2YTiFLJLWDzFqDbxsxRnTkbOqgvmgR7sxdkShev0xXy3dsS"
    "vpCuky5VDYdic5YEPrcQTyq9rMdToh6PtIG+lq1EmJa2HOkoseQZqjbQCaPssYyG1ADoh1"
    "pqCvHw7Ua+4VA0VB2tXPpw5FE2kLXEBFk2GMkYP8QoRGVR1mNW9u/ixIWikaPR/ok0Qqwv"
    "mdqsEmKrtJntHWKZ72avoMrkZnuD9jRcx04QWHf/K7Ow+hTSD+9U/fBOORwqNnt3AK7LCJ"
    "/klN2cicl/XSN4XrUGV61r5Xh+jdTJqHDk3WpsEE2c4kWNegQj0yBuRuVIRaCFRfAaXP/G"
    "nnUfkifbaMyG2aFjN81ysEEnpZZddg5ejpD+GfqjiQ4RXS1AFsKgBTXX6C10jbXpHHnd8y"
    "A072LsS28ORksKT1A7SjoQSmGo4luLZC6rCayUMvcAKl+TE3CCGVIhq0WC5Ym6sbm0VfZe"
    "A9bkSxPB/xH50utct7ufB03kHbENst+CoyZyD0bkqnXXHrY6QMQPRuRGURgN/B+Rdveqd6"
    "s0kfgckdbVsN3rstvuQXxHL2L7fF/E2eh9tq9RSvKXYyTsqpj+f6/+iNoiPUPuZptyQPk6"
    "TcllsnRVQAN2OhiXWPW5xLDN5PUJX+fcLeEGMcNYfWQ/ZtvNNUxf4dX4jO2Ct+3BoA0pTI"
    "LjERkoV03E/rEdtnXDdtfWzYj0hl+UfhPxj2rskzKp/MEUmDLved3yng/YQobPUpRu4kaj"
    "UBixSqFxGYcAai3wxNLXiPUJacXXiGLMNWHTuUYe2KEWDRCeG6wbVfBdFGJ12VSbO5Srt2"
    "zsrGxCG2iychCxhJItw5ngAA8Gld0YLzTD5OHMPKqYhwNDhCF6ti0Hf0LjFeXhhrwJjAlk"
    "mLIx64V/u7mmh6ueu3HM4Ayh6wxp6qdkXyOdLVEZ2ryk+o5/LenbcOwltiHVeYdklcWsT2"
    "Xi0uH0CaqsFtk2LOqiiJc2a5UdFnWR8NN2V7MyUzZEIoN0otpnbC+MjMoBxQSPaA9VnsRn"
    "v7eVryBQiM8RUa7bwx47F5/VkDAiPEByTHJd4RO00g1eusFL7+iEG7w0uUkfpBP2QTqS9O"
    "4A4g/rszQB3rvXyJPhqWhlFJXeWwgeA2m3fK986tUPC+qMcVF1gk2LPCBPIOVlxUAONvED"
    "9SqZsxVaZ4JbWn6wvT2nkKDMwZRy8tG5YiknH1DwkGmeZJqno89XmVK4UqMh5YhXvDlIOe"
    "J1yRG3eDHhHHGmNOG2KCJTrNUFb1wiybBg9MNsPQX3dsbBu102uN2NXSKWSK+bnll4y35S"
    "JYO8cGEpIByde5UCwgEFBOm+LYOETwlafycqB2yMTDqF5XKCNKRofCEjGNZZniSyG9nA2N"
    "SqUgRmRnKYjUlhiueCaaFny9bdIEfuDvUDjap409i5QjQbSyZIhW4VlhHJrx10/5OFEKSG"
    "fHcQRjXkF0UU5BfZ+vGLlGrnpmWXQdcnqINKPIpuXu5hD9yfM7H9OQGt1H/XWP+dYM6PxU"
    "DajPtK5yH5nQ1sJLQpyEl+sZ7RYjWdC/t+4BBA59bK1NEEQ86LSCYNcOyneOpY4CAACQO5"
    "z79G5000Fj793BVfQzM7q2bZoR5ayEHBiyuTfG01eATJ1x6QDXtJUOaLAjIP5RXd7g6G/f"
    "tbpTuELAXeMY/I5N7R4hPiMiHrQYtnPPByJMTXreP4TEtO2Qf3YxFwP2aD+zEBrtg7kvBu"
    "Dv4OKF8c/V010Hce/i1dCaQrgXQlKCsE4MUSqvWepYkB3r1cQSD4eY7bvrB6WcgQSDNNa6"
    "oFLgCe5hg9Yrz0tMdeCWQvlzgE+waEnC//ddDrcnfisSucjJFm4zQd9eEeLBXdUiCQO4pU"
    "dO8ZUMm+S1fwo8/XvbiCB1ttGeCjVLWY5dIH/1RGQ9ogiosfoZxSaRJINOVUjjUiaFgipT"
    "gmjr0G84CIP9QfsM2+IX7CXnohveGeuoW70pOHl++G5xwSSQaCpENgaPAI0GTdiOYdZ2JH"
    "z9ZZHwZPJIQWmv2InR+YWMJeIOjjR/aDdazCO9VAFLO3hEne//jEHmTjqcVI4W3kT2Pvps"
    "nJQJTRsaMZJg2+huFQBEpX9pWxTtEEU0PHTdZQcPOBQPRmYT1hMJsw4mfbYHKfm2VJ0+mI"
    "GA70Pvuuwksd9A4BoZDREOAKfhwTrKjj/TL/CezHQdn2IDm6JRrwH4rED4X5JHIxjQjPr8"
    "QEL96IQjwqE+CIheAboGcmnj2yN4Dwr8VGD9tLNogMEQebJuWGoAU8moFvW89Ie4BfW9i+"
    "4wF+xqZ78m68gHdqIxumCIUajElP9WTrYLQLPD5RNCuHOO407CMl88hLsfQEt+My/sfei5"
    "BANLPUdphkqzLbVUNy13W2a2/7u7z/1kTsH1j7Oh2w9XU67PhLr89oWh2FXfGPR+Sq97vS"
    "V/kVSN7qn4zIdfv39rXSvW4i72hE+kq7+zvj75RrNbidchFaDu/7XbV3o/q51BOXIJP6UA"
    "GNM1gpxRHPtM4TrcN36w777cv7oZtZNjgbEeBCr/utr9BxcMxo7vt9pXv1TVX+YC9a9zPr"
    "K3GJZ3zvDm7Yb213edZ37yR0p3c/DN1iZwzDu06bXeQfcNaGH3MDF8TRiNwq/c+QjUp8sj"
    "bfbi97HdX7JpHTEendwW9Re3cK+xahE/8Ok4IGin+Ln/n3lD+U/lU7dNu74LdoDQbtz11h"
    "BE5cCvVz1+5/C/UCpzB+bCoMxLCJo2rYhaOcQvQlBhEwY5uJUOWJf9V5kXdiuGTiXGJPcR"
    "yTs8mlUUwhfdVQViLy6nTUcWX08SDYqFvjm0EuUY6i/NeK8d6GkxJ5tdkRJEwrCwFs8gSx"
    "jTQmfjPKPqGEeAPEM4y3qmbh0b1OgIsXYqlEsZtTYhe2AfkoJZuqBupeaza5+t+tVoqA9H"
    "UuFiVWY1eJX8407ZNIs3R56yix0mZ1Ntxee4l1eayptbLT+LliSsSA+nDL9dltq3vvqnBK"
    "qBIFVROJzxFp395xPaH4BAVdnx0wwVgVlQ9BSRe9MiJ3nRa7Dv+roUASRrWyAnuYSJYbiG"
    "6pIYtcCb4lRlaHdSg6dT8UqZPxIbtMxodElQz2uJmhpxuEbkxLy1jqo2QxoGdAd3pQ53Es"
    "vfvLjoLu+oxzgTp0kUVe3IyyMX2FrYyx3RRcDVQbPxn4OYl1bsGGOKms11CiXkPcL6HEep"
    "JCWkNxaC/OpAZZrhxVNx4wLbWEx+lqiPfuF/GQ81MKB7LJjzFGLR0ZK+fImDrWk5SlLJvb"
    "jJFJs8WpZZE8PSZexqruCdiwE2WpJSBCJpcAGQF8+AjglEV3BwC3gp5OcqXdiG50pymArf"
    "ey7wDccjWxq7k2bAQ4tjhWKn69zTWFZymxI+6dRl7YiNAzlogYmRkmFrHiEE/Ay1Qx3KxQ"
    "8ecmWgplBER9OFD2meuD7IV/vsT2XFtStCK6RVLC0/f4nJRQBhl5fmzmRbr4S2HmtEGF1a"
    "okoiESCWcanGUj+iNENdQMnl9cFNHEXlzk1EG/SLinWPYiTS+YA7NPUUOMd2/9XTDeC56f"
    "QDjbUyJEUgcj5cGdJZxUf6uCvhJOusdVpSb32V1f4eXnr5vIP+TRSzft/i1c9Q9H5L573e"
    "sqTSQ+R+Sm1e5AE/EZ572P85IsbYsBuCjzkoRI5EuyfW6LcnaCKJVkW2TCkFdqZ/M1DVuO"
    "dYx8B6N9QuvZqQ22UB9tN9IRWjnMVR7m07BInoal9zRNZ1W07VQ6d66wMPT5C5VhfoCbjc"
    "0WCNW2nktYISA/ES9qAUqfpkis5NkJGl4WJzTBkK6WehcoerYt8oCeDWeORHYmnrhqzLM2"
    "jV2JQqSu5Rlt0y0TB3x2auIlARj7Qu6MMA0iXhHNdmQe3WOvfA1pzTikyOVN/iiamcmK/H"
    "dFJipK+kLzBaQ4ll7zw2H59kSAfAUayK7ytYnYvxH5rdv72m0i/jEi7c/dXh/Ui+4B5PW5"
    "uR8oPGsTP4ArV73+tbgkjqqhhZRxRYdySeesTxltr09QB3QPrev1mMst1OsyOnpLzB2GbB"
    "m8vfZVXvSrC3bgg1iWuU5QSsfntOjlQNosLDHG6KTkkq8W8/HagVoscPw8TWQ3KsXik6tS"
    "SrEbDeqnnqVoxNw7jTx12Iy3KVxASjT3izdp+sIgBpDB1blG/XTq7FTTdax/AuUUTCCdQr"
    "rxGSfGaLIyTOef7AKkJ7dmPAf6lH27tNpRB3mmdNSt3OrVyFFtwbiVEZq89rvhdzYjfsIe"
    "ZLKykQ/uu0LB6O9ygtHfJYPRa5+f+7bV/00ZQlId+ByRwfAbT8oNH8kKvX3lM0+sIz6roZ"
    "k5YvGpqr0QR1AefC+VFsMnqAXce5/ZBl2a2lqF8Hu7hPI9QSctGmnZXagKwv1Tyv6Zm1In"
    "QnfAfDoe23JS6XQSQu1xxK4Wto3p/CxF7HLvNPLELi1os0nqyoZ8xzJL5sufKrKkvPHudK"
    "ou57yT1z1bKIGg3VSWIXv3CpHUcP/aSwgRvFQlEHab1xDdvUgn7IkOTjNIgpNQpnexRxL3"
    "ODWmDvp/yDToKXIHOeACGPmsb5zLbURVHNDB5bE3s7//P2CCz+Q="
)
