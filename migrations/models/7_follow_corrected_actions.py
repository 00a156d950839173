from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE = {
    "sqlite": """CREATE TABLE IF NOT EXISTS "contract_adjustments" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "tenant_id" CHAR(36) NOT NULL,
    "action_id" CHAR(36) NOT NULL,
    "instrument_id" CHAR(36) NOT NULL,
    "revision" INT NOT NULL,
    "recorded_at" TIMESTAMP NOT NULL,
    "account_id" CHAR(36) NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "transaction_id" CHAR(36) NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_contract_ad_account_362929" UNIQUE ("account_id", "action_id", "instrument_id")
) /* The same of a split and the contracts of an option, `instrument_id`, on what was split. */;
CREATE INDEX IF NOT EXISTS "idx_contract_ad_transac_24d123" ON "contract_adjustments" ("transaction_id");
ALTER TABLE "corporate_actions" ADD "pay_date" DATE;
ALTER TABLE "corporate_actions" ADD "revision" INT NOT NULL DEFAULT 0;
ALTER TABLE "corporate_actions" ADD "withdrawn_at" TIMESTAMP;
ALTER TABLE "option_contracts" ADD "deliverable" VARCHAR(40) CHECK ("deliverable" NOT GLOB '*[Nn]*');
ALTER TABLE "action_bookings" ADD "revision" INT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX "uid_transaction_portfol_305d4c" ON "transactions" ("portfolio_id", "reverses_id");""",
    "postgres": """CREATE TABLE IF NOT EXISTS "contract_adjustments" (
    "id" UUID NOT NULL PRIMARY KEY,
    "tenant_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "revision" INT NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL,
    "account_id" UUID NOT NULL REFERENCES "accounts" ("id") ON DELETE RESTRICT,
    "transaction_id" UUID NOT NULL REFERENCES "transactions" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_contract_ad_account_362929" UNIQUE ("account_id", "action_id", "instrument_id")
);
CREATE INDEX IF NOT EXISTS "idx_contract_ad_transac_24d123" ON "contract_adjustments" ("transaction_id");
COMMENT ON TABLE "contract_adjustments" IS 'The same of a split and the contracts of an option, `instrument_id`, on what was split.';
ALTER TABLE "corporate_actions" ADD "pay_date" DATE;
ALTER TABLE "corporate_actions" ADD "revision" INT NOT NULL DEFAULT 0;
ALTER TABLE "corporate_actions" ADD "withdrawn_at" TIMESTAMPTZ;
ALTER TABLE "option_contracts" ADD "deliverable" DECIMAL(28,10) CHECK ("deliverable" <> 'NaN');
ALTER TABLE "action_bookings" ADD "revision" INT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX "uid_transaction_portfol_305d4c" ON "transactions" ("portfolio_id", "reverses_id");""",
}

DOWNGRADE = {
    "sqlite": """DROP INDEX IF EXISTS "uid_transaction_portfol_305d4c";
ALTER TABLE "corporate_actions" DROP COLUMN "pay_date";
ALTER TABLE "corporate_actions" DROP COLUMN "revision";
ALTER TABLE "corporate_actions" DROP COLUMN "withdrawn_at";
ALTER TABLE "option_contracts" DROP COLUMN "deliverable";
ALTER TABLE "action_bookings" DROP COLUMN "revision";
DROP TABLE IF EXISTS "contract_adjustments";""",
    "postgres": """DROP INDEX IF EXISTS "uid_transaction_portfol_305d4c";
ALTER TABLE "corporate_actions" DROP COLUMN "pay_date";
ALTER TABLE "corporate_actions" DROP COLUMN "revision";
ALTER TABLE "corporate_actions" DROP COLUMN "withdrawn_at";
ALTER TABLE "option_contracts" DROP COLUMN "deliverable";
ALTER TABLE "action_bookings" DROP COLUMN "revision";
DROP TABLE IF EXISTS "contract_adjustments";""",
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
    "eJztfWtz2sjW7l/p8peZXcVOJZ44kyGnThXGcsIMBm/Ak8k77BICNUbbosVIwo7ffea/n7"
    "W6JXQHCXMRcn+w0aVXC55uda/7+u/Z3NKp6bxpLHXDVZhrP5/VyX/PmDancJByt0bOtMUi"
    "uIcXXG1s8uYatlMpNDQov6ONHdfWJi7cnGqmQ+GSTp2JbSxcw2JI0mWUTGYau4d7T7bhup"
    "QRgxF3RglQMgeIoSWcay6ZazolhvuJMPpIbbJc6JpL9Zp3Ct+GwukbfK5uTeDBBrvf3yOW"
    "zPhrSVXXuqfQkw0P+vPfcNlgOv0OPx5O/zyDJ2nMVQ0dCZzl+D904p/ZdGLZOtVVzT0Dul"
    "hb+EqWndYSH7F4UKcGNfXISIm2/LrqPi/4tbu71tU1b4mQjNWJZS7nLGi9eHZnFls1Xy4N"
    "/Q3S4L17yqiNvz00dGxpmt5Q+5cECnDBtZd09fP14IJOp9rSxAlw9n+mSyag1q25ZrA3D9"
    "Rm1Hxj6M4bRp/g5/5f74uGiFS10x2ofWWgqmeJ2YNfKDba3qWJxXDmGczFofjv36LfAB5+"
    "9Qwf0PzS6P3404d/cEAsx723+U0O3tnfnFBzNUHKhzXAPDJkeaGPEO1yBPwLwRAEr5wPpw"
    "9YySAOIA1P/LyIhmleAKg3YSuHJz43gWZzptmZaHoUMSzhy53gtDyba99Vk7J7dwanH9+u"
    "gfX3Ro8j+/EtR9aCjUtsax3vzjm/FQXYX9Uf4PcVgTlOJ8EuAHax9SFKJZfcGKhjOrVsmg"
    "R0QL+76YAGFFvN2tNZaAfKHwPsee44f5nhyfnjTeMPju382bvT7nY++81Dk7nZ7l7Gl+Sp"
    "S+0icK8IJNrF0Q5zz8k1w51cAXKuMafp0MeoYwOge7Rv/INqrSGD1o3SHzRubiODctUYKH"
    "jnPDIg/tUfP8SW81Un5Gtr8IXgKfmfbkeJL0yrdoP/OcPvpC1dS2XWk6rpYUz8y/6lv1Eg"
    "mj6E2HO8MNYmD0+arauJO9a5ldU2eWt+Po9f0Zh2zwcJ0cTv6UnIv1rjsxTBGS/X1knM/7"
    "HGBQRlaP2GkJEGIux84TojMrGWMI5clHVczYZDjelkStmEOnXyNLPI1GCGM6MOeTLcGdwl"
    "lqmDJMuW8zF8GA6x6XTpZInN+35gHiEanuPyN0uHlqnSsvUEr5x3DP95A3vJVAu+lfpAud"
    "JC9CLlZyk/n95CXICZC78KeREN00j5OYpnUbFOinMFxDnNvl/OKT6sCDccJqoEzIdmiVcb"
    "anJSK7BNc9hb8A012D6TwrRPfDjoz/51p9wpVwX3No+qTsTnkPXuOp1W53OdeAdD1r9rNh"
    "XlChutDofsutFq4yXxOWTNRqeptPml1WGcWcrz/rzP8/68z35/3ifen0dqO6navRbLeHlC"
    "FLHxg++8r/F7t6/l6R6/wT/P373/+f3Hnz68/whN+LdcXfl5DeKtziAG58K2cCdIWY2uTU"
    "vLQDRMFIN0ilT7AvXtm7eHX46uuneXbYXc9pRmq9/qdqIiIL/Jee2/TMPlEPSURju+6Huy"
    "RIFZGyY53LTdF767nrZxSScvqxKnq4J2Kbrinr/Ns+RCq8w1l9+Lwj3BbdFUbQo/2EFcEp"
    "BfWpZJNZaOehp5DPkx0O9rUq+uHHbhuOx22xE+5rIVZ1Tubi6V3o/v/hFdQFKmO3XwWxfg"
    "GAOKKkzxQ3OLU80wlzYFPPUMpjEd9ThdFbDft0DkYzYHhkK7L2STSSGtAuKHnu0TmyI221"
    "kLosTSWFA6Y0F4pD1tcvFRDgjlCJd6hLmBYtt3OUq8g5E+oYX11AYauG2HqkvmGuYWIx2j"
    "lkNd5qH2rItbvtQxajnUZRvqkljz+65lU/3a4D86YdQP3a2ts+1PoUUB4/5yYVqaTqwpsf"
    "DMofYbQgYzSsbPLnWIZlMytZZMh3O0vxs26X9p/PP84kO66f5l3RX2bk+zwTszDfqTRndp"
    "dD9Bdvc0jO7VBJR/JsDM1jX57SthDo7psC8u8uiwLy6yddh4L6blsBi80a4AqgDOcboK4v"
    "0ul83g3RqbwbukzcAx/jcF50x7l9/8cLaufcK7Y3OXx1QUmLUBRQXn64f3Oabrh/eZsxVv"
    "SRWolLAOLGHBLNJ+o6nBxv6t2jrZirO3D/Q5p3zVIIKD/cEhSEmAskYom9jPC5h5BMQgah"
    "N+WYQBG9CO2sYj3Jva1pz7OxvoEgXzEvuEfhwKc91Nyl77fdRmuUwKW1LY2noESi8ZPNmw"
    "JqQ5XWRv/yGSCu7/+/FxkSyAZAH2zQI0NXOyFHtcb8nSOIFYi7UMwSRoq9pLViT7SEBZg2"
    "154ZKpZfNQJs158EKd4HuhJnV1jAt+nRiuQwwdrjw70N6YzN4Q0uGJQkS6kaxcJHt+YK6g"
    "qkhM9MSaL5bBO+vrb8OXpRJX8hWntx4X4CxkbgEZPrVPRm334R/Qs8EK6W8DCglwDoBlfN"
    "pRfDD5rqcb99RJET+yJ3eMrBLQ71vXe3Bn+rIBfOi5bY0daj9y3r9IBFScTFqG0ixDFB6g"
    "FwvfC9EcMnrvODN6F+F7MVGxqG4oSi2VQ1I5lK4c6tEp/JDZwHqgqaqhyP3aOsWQLVqqLj"
    "YtoBby6Ainq3lecr6PHOpmUBnjwj5ZE6oYNOQ43DOQAJ4zatM3hNw5cIpBltDBUuh5NOLM"
    "LNsl9/AVaLqC6HCPzqUqog7GjHsiLv2+MODLrVcJbcG87ZhvO6qpYz9cW7Y2yHCc5bYrco"
    "RWrselW48jAn/w7hUf6CixHOlSjzQmSNtumEOUMryhzEMc3VZz65sjVFLfDDtjgmNNYJwi"
    "EQKzZNyz3+gzhzmc7SiGqR/zEfR0msAGV4PX2taeVsxbbGbBgSh2wAeg0W82rpSzv48Uje"
    "NhnxaKEwxLtgTg/bICvL8Dc+OfBrDemNwSee+pNjfMZ2S9NdOM8ueOcOOaWqZpPQkXLiPF"
    "LWw33Q7ZkI2CnXyEnD92RHmH0J5Zq25gJlHb+URGNn2EHnW/vUNdTy7wvgZDKv5Q3+Tsfa"
    "8ny35wcssJGGJUREiQdmNpNy7DyvjS4J8F/OotmbUIrWTJS82vecvq9pnEo+RytEs92lLU"
    "fi0jHXBHW73VYWIpcJd5oEP8aV7OJ0Qi+Z71ojZCtQM5+87r5jQh3ShkhyZUUQk7wYmELF"
    "pR0C89+uvfelS4GWfjHbejVQT3v/epj+BzNEUZ4c/dbE0EDn9ONUTfmtOxpT+vymhoE157"
    "A8txUJBFTS7Le2UsMcPH1LLnQgcwmmjMYsZEM1Wv5b3xSJ1PIObzHuFbUTLTnFQ9xQGfWz"
    "jHCPqlS3WCVCeUei16oTqBvzlJONf49PoElTOcn1/ksZxDqzWpLxIej7rhLEztWS2aYiRO"
    "Vwnvx33ns11ojvNkwX4Lq/6sCNoJwgrCvZfIzXsb1lYQSG3Lyz2WF/EEoURcxspKBUIBd8"
    "iE2fmFoln1TM57lcouNbtHF5qRKpoFN2vr5LOxZqs2b5c7rwiQCOnnCQQb4aZPdfJkW+ye"
    "21c9v0zbuJ9xGcpvMuJ3R+Jp/NSm5Nd+t1MjYnkgrkVE0cS0HCOHemyKjPbnGaYnsXmQk8"
    "fFh/wseATfv2VOkmNLFNlCW6ZTDG5Va72ONu1Rp7tUpUZLwJ6TO5x1c+G0UwhtPfty17nq"
    "KVfX3fZVnYROhuyu0wIy2GSbX+okdDJk/ds2nGGvjVs45NXU4pf8Vt6p+rXX7Xxuf/Nbxi"
    "4P2VXr99aV0rkSfVz9etcfYL+pl4fsptXvtzqf1dteq6nUSeQ0vnYeJ5LUX36Tkyc70i5M"
    "U+ZJU9pYO3+TKwJ6mEaCvhXompO2uaypQ7aiqATg0aXkIpfIebFG5LxISSdqLe1JIe1VQF"
    "FBjHevt7LpxLL17Z0CItRSqi+dVB8e64Qwk1saiRNKW8Z6F4EAsCTMhR0FWpHOThPeje4C"
    "iSkWcRrowdwHFndwLL/8pmUvLES9MXEz/PPjTWprU7j5jVVtssp0sFkH8xXVIBrB0HKNPR"
    "Pd0FGHgSGyDuyH1KkROp1S6PGREmjJU6phcSd0dh/R7yquw6OkjmU33aLDPpdx6mQEIiJO"
    "UsseEUafCExG6Azjckc6ZdbcYOKeZepvCAhGrY7avb7m+pobpfdZ6dWJY5E5fhlBig+yUC"
    "sz4r2sLsKlIQumzic0zDsz0Yhqkxk+gbf+hBHBC4P905pOydx6pA40hVdandpiBEZ+QABe"
    "JWPNMRz4ar4UVvc71nhvtSED3hljjslooT0LAAgPR15lun2AVZihPsqmj4bDn8C9Cxwys5"
    "7gYS5lADFXasFsgI0UU+ZicjzDnenwarACSilf4PbGIqGU+jN6R+qnSqKfqrySxVsP+Aeu"
    "DuJFr69e+SHz33fxCW2+3Vx22yqA2vmsQMPwaaAsCfQj5VB6+K9XYiyzFY0hkletaFxtFS"
    "kmJOM+M01QhGyrHEEl8z/2UgT9cn7+008/n7/96cPHi/c//3zx8e0qV1Dy1rqkQZetz5g3"
    "KDKFk4mEQttxMfxjhHIEth2BCBeSHAPlO9y5ohNjrpkZhvV4B/HlRBC/8To5vXFZt54ozd"
    "ZNo/3j+cfau7exeurhhTxe1z7NRScH0ukeOhLgpDPUc+H9MEzzwg3xhOBN7odS47l3jaeQ"
    "x5IQZ252YZLD5SN8u999bmfJCFcS63Y65Di5DC0rsw5Z2gtez1hLe8H+UimgNq9oHdUQzQ"
    "sAPZ3FUdpfymd/SUziQwNczum7Ed/wy1sq09Y1pVFDQPh6bW3Rd2iR23kYWlBtjkaWv5aW"
    "izYltPYIk4nhoj2J6U7dL+7jR11Ct8wRmg1hWOHOviIRlOgHe+SWHteYPKS5Dx/mwTxblU"
    "k1h6pL5hrmqIY9wZNNgoxMDS1C/AY+mRGvKa+MPSKaidGlc+2ZaPojvioEDVYjl9rzEbm3"
    "rSdHhKjyx4kvCk8fMh6Xil3wnzSlQAm/BANZvW78wFbLxEqM2B9+D5tOMXXiS4ssHrdydY"
    "mC93ZlTsi2E9GFNUnRWGWzCisCyXglMufDj2FpCpZ12u4wVWUUAAdWdEtn/O11grx0QwGF"
    "VUBQmdm6M3XVXLMfqLud/iJCK7UXpdZe8N30kdoFdb1xMll/JuUdCrGvRdiSGJlUYqShys"
    "WELdamGLVUo5d5cUJZrMCi5DeXu/kgTfF3PM3JtS0GNFV9Im7WNulQ0HljTnNqUgYRBQTq"
    "DVD/ECqurGGhHJOiA60r/Hqd5Ri7GFNReRk9TrUn7ZlMNAZ/7mRGlouk5mSfD3qB1sHUHF"
    "fdTohLkO7mbTquJuKAopzUTxyAB5ga9tYTPElbJeb1wOqKhfZsWlqhiNoQSSU8cQ4fUDuh"
    "xuMLfAvC1FI6Lx0DXBK+LWRuTGHcosbIbM4tMJgWSHPqzmB8BbuE2UE1srCNCZYwHIlENC"
    "PPHsUZLMNdWaPwociGjTXbSU9kurOeX8CbyRCiw4cQidEtIEoGBNVhf3dXV/l5PrYK5SQN"
    "KCpn1/zpPIdd86fzTLsm3orF+hzVZHxsNnb/CRqrH0846DZ/qxP+MWTK4LpO4N+Q3dwN7h"
    "pt9foOQwNDJ0PW6lwpf9QJ/xiy7u2g1e3Uifgcsh6wQnWC/+Ob6iEN/+E4QuHeUeQlCdNs"
    "NXglU/PGMM4DcTbCidCfpW2DcPxcBOAwTZnfjm2X+TyrfPYin8jYQyepwYRrttAVRfWm7+"
    "7DV+BnLeF5hWZwmKZ6GL87zwMytMpEmd+Lh2UuWUGUQyTVAzkPL5jNCiY4wcnSMRbFFmGP"
    "oHrQ/pID2l8yof0lsUA4RqGkdH776gH7Ls+kfZc9a98lpq2vYS/syZYgfN3+bDLGdfdMQu"
    "m0q32hGlmrY+2v1Cd5NK2q0LbkDzrgzT3zNCNBR1xHOtP0mig3PYIlcEJHmPVq5Lvvjy13"
    "BhQTc6lT/RP/lUHUgOEQLGibGm9wiGfmzFW+Apc/S+YqL7Mi9/iqx+SaWCXdo3gFCmzZK4"
    "LXnI0iwxkxG7Vc/odVR03yNzJrcVmn60l4CpxiFoJDbpavL2j+COieeM7iNuDtuP9CF96z"
    "FBksfLu2TvwSTsD5RC50GjZ5x8J3GD1LIkLQG0K+2oaLyW8xZtmmmk5ALBp5TLyIr3rDZ/"
    "Qb/t1S0hXv6yEv8Xwp5Rp1VF+C/UhJ3KspCfDm3H0rwhcn7zuhvX7L7H2Y7sxaOurEtJwt"
    "wY73IFMmbgAdVTvbQO3TSYA3ADwz7rdK+unTSYA3AGwC/74Fvh6ZhHcDvI+IWMGAkIBG5m"
    "feNg5knMbQbZ7W41R2Tk7r+LTWnIdt4PXIJLwb4IVpqDrG/xZcN8JUcuXYduWAOboF9mEq"
    "if222MtkQ1sbL7ZSqUtN+glo0mV85esZ63UmyM3BIKdhjjz70uoPur1vdeIdDFlPuW034I"
    "L4xPM+4NjGitqrwyG77XWxelSvTvyjIbtWsBH+5700Wj1BJI6GrPu70utB0zrxj+KK6Vzh"
    "DDsPGTmlhIaVYDNe5GeXz9rWZXRgwb+D2NrKYCXYj6ntReazLv8tTYv5Jq+EBS3WorbOiG"
    "bxtvg7eeNC9T4jToRelUqM1vOi2Mi9geUsNWIb9zOXuFZWgc/C/WBS45briFBybkrDLh/g"
    "0KY8jhyzAmFpzjnMCWNhGhhmzmtzfsJCnyb0ZyMAo0jBTjjRqW0+Y7y6l8x4hpHpNeHvCP"
    "0Omebw6p91XrUTpFzuOznXdCyvSeeEJ9N+ebi6NNodxmjHJ9S2rMiKuNScSLPRbtcJ/gfu"
    "4m4AjMXdoCT8gftsbs8H+sSlBl+563VvlUanTvyjIWvcKLAj4DX/qCzDgSvoNirPgFKasD"
    "epPen3hZEWvLeuHKtP8aqVP8FOngQvU5iIEh1OnHj3tsxZKqNlVlfM0DavfoxcWj02vP4B"
    "h1mQs0sQSpfRtS6jAV5JlKXLaIocm5hgO3AZlTqFU9Ep3KIg3YWV3DZ0epaiUog2qK3TKH"
    "ChXLW8trlDIoUs70cnavrcYAZSuSDOo5DtULfOpXTuusele88wNqoRaOMGzreiKxGfyDs0"
    "HP6D06IiD/VYmb2udNtHbY1m4Khm2hPigpKMunSE3j8badOFqU3oVv5fYVrJr28EWnPSVo"
    "HseMmAosyaqfzyZkTrdJErN+DFmtyAF8ncgNoScCpacjZCJHO1yyjUV+tPIYvcv8rBHqco"
    "kbOXyzidLHAVz11YRotrKTRHu9XLyVDuSoVy8yDlJvwGypylmB8xxVGsRW1jQDeHJGiczx"
    "XFoWiFMMnCth4NndoOcTRD9+tDcclSlNeeWU/QEVfbPBMN5i3VsRSB4NqdEW8zEk6GeGZT"
    "8mu/2yGm4bgp9Q0O/GzpUlKO9a22RnGEBS+srXOdB9Rllh7Pviqtz18GypXa+F3pNT4rdR"
    "K/MmQ3ylULvRzEJ5w3fu32WoNvcMU7GrJLWL7Ufveu14QuQifxF+04HhFSk3WAKDtcBjPY"
    "AdPSskKRwlQxkKdIVjFou3eXbYXc9gDifqvbicol/GYU757SaMeAvrc1fWtvqxVxqVcl5Y"
    "+m0m4rnUGdrA6H7HO3e1Un+H/IrhutXp3g/yG77XbRzR7+Yy2G3xvt1hVWY+AH5Vh/PMYg"
    "OWjZhd5CJGUeqp3I7vso9OZxX0UgD5FIyLeAXEb1VVVZJbXQ1R5rGW90KvqgF/oGCb1G39"
    "XSE/ZFG9TW+waJpqqDbXNqeL5YT7xspCAlukWdGqbNQ9cbuAqbr+M58DgPDiYkx3raxNGe"
    "4LguKoKbpheag1nNMe1eUpezt6e8QGtz3LJ0Jar4tyvmOltvM4bxekhzLs8nIYXIy8wFng"
    "ED1sfwYfGJdecUXnVO6QzZl0b7WhUXVoflkITgcYxy/7JtxyfaQ6mH6KrVb3Y7HaU5wIEK"
    "nw2Zd9jqfIYhXB2vrvORDVr3lHD78BkXhXnwufgsxzBPNcNc2lS1vX0ktz4oTrilSuh0TJ"
    "u70AgtfrkoBLLXXmKbA9sJ8AIpWoR1iQ9WJIcLU9pzkNKBMyvZFD2PUyM+MkGP0FQoqdXO"
    "4sMmICduYwLx6aQFZJMFBJFSda1QTGiY5lVHhWKS4W0VTBFa6fZWNu1SJIMviNqqwGdL/j"
    "/aQ4krSp7hvesurxe+OhT1wNV266bFefzwGbL513d9kROKHwzZVfcrCHH4f8g+N3qXnNP3"
    "Dobsa6/b+az2v91cdtt1Ej4DefBugCMOzf2jcogGwfipc+o4WrFK5OnUJZ4FZfLPXy5wEd"
    "xykY0SSyV+6ZbZFynxd6dk7tEp/JBZc2k7ln2WomSONqitUzLboqk64W0LKJnROQ999lzN"
    "eeDBnxNrHuSTcpbj/9CJi6mf/mONyb1FHbguamZizGe6SvmFfWKmq5HXaoQBpaiOFt6Fkb"
    "RZNRGjCmDwW8ShtoEKbHgOnS/c50BBLVJdeaVmMvTTf565Xh5r79GyQmeZfQ7d1Fzl+Rgj"
    "Nz1heblUov+66w6Ufp2IT+BvGq32N/Wy0YNrwTH68Qx6jauGfytyOmSNJmaTg+veAU+3ed"
    "1qY8/+0ZDBIjpQbpTOAK4Gx0PWUb7CFfyPWnPsQIUha2F/kVPoQem1sE/xWQ7+yX+PCzBN"
    "IZIyT44tWaUP73NA/OF9JsR4K5ZKBxZ0tXBZ0ijV6w4cF6bXInM0TFM9dn73y4DmusgObM"
    "vNx8klP186fj5qT3uBxkQqS05WWbK1nkSqSPKrSEoiOCvwa625Melzge8sRXKOtaitE52p"
    "11Z1gsY5cjeJ1p5QKvp4xtA2WGTGmHoZlxjd4TKo4YLUykVQ/lCkwQzMj5q5pCkRdjvuW2"
    "ZhOvy2+QLBVoxxAXtuQLAbK/pxXeB2bsvNigDKsjLuMuinRN6Eu5f9XMPNymWdju2KoIKi"
    "9U+5ttif1myxP6VYITBRfxGEVwQVRPjdeR6EoVUmwvxejGu0RemVFE+ENRxjmKiCSO+jLA"
    "6G6GkmCHL/WTpuetzDGq1cOnn1GPWPeZD/mI38xyTyaypPrYvtq+jU3j3A0lJcZc1SSQTe"
    "a4NpbGJoJg834utfitCb0qq2TvCd+u1FZBIS5JR+u2jG9WmE8XVizRca41Lq1Lhf2pjOxX"
    "B4NheRSxi/rGhqGmgbtrhsi06VREgwPPCIfne5ARcBSErGB3xuqoU4EYiGFZv4XAOBXeQw"
    "oSCYqyLiwltJpRm5xNK2P4DbaItXg1/ifRJE4mb3RkG7MH4O2WWj3eg0FbX/RVEGdRI5Hb"
    "Jmo/9FvW53v2L5JO+wHPrd4A3bZqgC6lIP1jel0asT/D9k/7pr9AZYFdM7KMcwTA1nAhvG"
    "M9WKqKhiVFWqcbkzTZWH0V9LzXYL6f+ShDKoIwlvaF/O66YQInnVAQdTwwQZpRh2YZrX7O"
    "AxWdp2Uf1SmKbM29W2qtI8itJsNWlyR+JcfxLg7PRFIZJK4HucjFFSqbTHLGgyi1CV1Uqn"
    "mIa7LANc0Tzcx4D3xBNxd+iT03Lp/CxFF7q6V1unAWXQSjWgWf6KbQadcHUikvJcSSLhtZ"
    "dByaWmyRMl8dKCRCMP9Nl3ybGeWGoxtpf3mKqrjLgJ+ymogFjqI4+9RNXW6COP4hBetuVp"
    "/0muQ6/DFkD7dBUE+zyXH8v5Gj+W86Qfi/QU2ne8srOcz7W0GutrcvgGJFVwpDi0DLy0U0"
    "Ke1nhm2WmxTieJdGLByLlirF0ykmv0cmwazqzgThgmqiTWu1+cfcy2VDbEyQ+jbShJzZST"
    "UzZIxVK1x7ok/koofd9Q5qGfKpz7t2sb5fO5aJlXRA9niPCSF0dlbHQP0sbW0n1DyADjZm"
    "Cq+lkmeMMfQAzH0BrMZgyTBeNruLQNU99OkeAP8MB0ZySXzj21TFRPExfwU/yWIqv2v6UG"
    "oEwagFPcj+UiveWGLLX/O36xQtAG62NuUAMSCecGY4qnXH+hGSWspz9NWDcbUYJJFTGfNB"
    "v9ZuNKOctYD6SNqgo2qsZkYi3T3fX9W2s5YE00ym+f0mzPMX5h2e7UMg2LYCFs315EXO07"
    "sZcmdT4Rqk1moWaYqE0j3jiiESrVWrXr/mV0eulW/XXcqUuZVphXiRDJjTXGpxy34E31FZ"
    "yVD/EYNP5oXLaVOvEOhuy392/f1Qn+H7Jed/BFbfUadeIfDRmmCGxh/r5GW9yKXcB8frfi"
    "jncwZF/6cAb/hky5ums2ePa/i/Nf6iRyGt8yjmPgNZwVeomBv7Qsk2osY5OIEMZGfQyU+x"
    "r21ZXDLlOX3W47IipftuK2r7ubS6X347tYbv+kgz3yYYa7zC5YlC3Hhsik0SbXmpaVJCbb"
    "3JuZJeYkIT60tVegp9KsnWQd5j5VFXCPLdx51u3sZTt9Uqv8p20B84quekDvPnmPbcGSy+"
    "7V4gtJkrIKeB96QfFRLLiixMiqgPxel5SJTbfPzhElloaUUhtSJqblbD3QYVpZFanMw7xS"
    "JxZUQcXp9quFKol70vbWnRVcO7BC3Ib7OklsN9og4rOrZCYI/NmXlvUgfmqKISLcoLbeHI"
    "FN1bFom9MqMeA+MYx4tgxuCAC0TOuJ6jyDjw34wZwgoneyXGCWHjQojGz6aDhwbVSDDnQy"
    "fiZPM2Myg0HQmCOa14kF04/AI+YwxZM2i4M/PdVZx3u6Nz88GFN8daSxQxo7To5ZLGDsCG"
    "Z+AUgjRBLSRLC4WKWSiK4pARyQVKb08s5SxUgn6dcjT0T35fwLUphKrkjxeL+APyq6eSYo"
    "paC2VlDTAieiF4ppIXek05y0G6W06FubIaNlzOMdADyI9naSk3cjxskXuFSycNNiXFhtBI"
    "nEUwTilFa1dVLxxGsfyk+eWzSmxFklqHUWpuFyUVMUNhW9+nVgLE5VI6OIxyPIpiBwPaGQ"
    "+wSSLe8iTQje23MKibu1TbEqUv6V8m+pdxkp/5YNUhlCI1ULUrUgVQtStXCqQytVC1K1UO"
    "pJK1ULJcC45KqFG81+OEtRJvDrtXXqgzm0yKkv+Oqllwhi70AWf4KzGZqguTSPvkwoyWMW"
    "SYc6DpflNZ5CEhs/MIzSe5pRUTQWn82vzzU9JeDvAM9LT14Zc6jwOpbqgmPvFzWpLjgku+"
    "PP+wSg2ZUXQiSvumrFI7ULiq4hClmhJq2WsqxlsedaFq7laqbKa7cnQVawZt0VnRhzzcxY"
    "S6Pk8ddfkL7xusiB/en4MV8pzdZNo/3j+cfax1ikYjiANK44fKQOOvhvDXiyB4n5eswnmj"
    "NTx5rpyzNFEY/TS7w34A38BeDlGCkFcnKgHaGWWK/HWip3X49y9zTiUMoyvJUMRCmlIrLU"
    "kSg3+NFn2sKZWamON9EGtbVKM7ykOl7bYuqzqWU/kAm6w7iWUE15yipHe6Q6lpKG+QnDF6"
    "okPaZABD1qUxersDCd6MZ0SlG2yVab7eM5Ml9W6ZavmtSJHVInJvNl7Te3jFSc7d7rw0lN"
    "RbUmycaKohKz9tDZNWTaBymHrd9iZT6AqohhZXRVKLUUFuCfIoFFBidb+lr9wPyJiX0KFH"
    "s8hmHkV8FwKIwuExUzMPLehBnhuOE4+9RcxC/scsiGrCGEtB+h1QiPVGuKwQ7/AEHs3mCO"
    "yG2M/Vkobf0A/VD9HiQzkSVAkPiProvwCPgCvi5PVPLgX8k2qF4jzHKHTLcYQLRkrmF6dy"
    "fWfG64LrbAdAI17Dv50E9kJBpi/cGRVxmUFxwRl4l2jyJThpT455n1xDBNmojC0Ol8Yblo"
    "mkstCvpnVAiJksqKIVLGPEHmpoCMGZ7veREN00hApdB+UKE9/M0SMGfLmTGyKuQTPLSsOd"
    "Ycqm7jGpMgrOBc37F/zImopk4lGinOBBaYvCmkVVg8DrBSG2yxdFXduAdxpBDiMbrqwb37"
    "LMeBRFeEkYtSvYCV24z2aSiGEpAWX4fjZFstxmWbvbv2r/W1AFvqrWPkMpFtmRXXgSanyC"
    "YQpZJbwOYtQLeNqau6Mxi6mWWm7AObvSBTunidrpDv3hbwhfScdB3VcB1qTpPAry3Ek0ov"
    "6/EUqMcjbaCvZSsRpqUtRzpKLHmGsg10wih7LKOhYyD0Ay01hXj4dm294VA0VF2tWPpw4l"
    "PWiLWgjFg2GsmAHwIKUVkUeszK/p2fOFc0cjTaP5FGCPqSqc1KIbZKm9neIZb5bvYKqkxu"
    "tjdoT8N17ASB9fa/IgvrikL64Z2qH94ph0PFZu8OwPUY4ZOcspszMa1e1wiezUa/2bhSju"
    "fX6LgZFY78W7UNoombv6hRl1FiGszLqBypCDS3GH1G17+Rb93H5Mk2GcEwu87IS7McbNBJ"
    "qWWXnaOXI6Z/xv6cRIfEWc5RFqKoBTWfyVvsmmqTGfG750Fo/sXYl94cjJYUnrB2lHQglM"
    "JQybcWyVyWE1gpZe4BVL4mJ+BEM6TClvMEyxN1Y/Noy+y9hqzJlzrB/0P2pdu+anU+9+vE"
    "P4INstfAozrxDoas2bhtDRptJOIHQ3atKECD/4es1Wl2b5Q6EZ9D1mgOWt0O3PYO4jt6Ht"
    "vn+zzORu+zfY1Skr8cI2FXyfT/e/VH1ObpGXI325QDytdpSi6SpasEGrDTwbjAqs8lhm0m"
    "74rwdc7dAm4QU0rVB/gx226uYfoSr8ZnsAvetPr9FqYwCY6HrK806wT+wQ7buIbdtXE9ZN"
    "3BF6VXJ/yjHPukTCp/MAWmzHtetbznfVjI6FmK0k3cqOUKI1YdbFzEIcCx5nRs6c8E+sS0"
    "4s/EoZRrwiYzjd3DoRYNEJ4Z0I0q+C4HY3Vhqs1ch6u3bOoubebUyHjpEmYJJVuGM8EBHo"
    "wquxGda4bJw5l5VDEPB8YIQ/JkWy79REZLh4cb8iY4JphhyqbQC/92M00PVz334pjRGULX"
    "AWlnlZL9meiwRGVo85LqO/61pG/DsZfYmlTnHZJVFrM+lYlLh3NFUGa1yLZhURd5vLShVX"
    "ZY1EXCT9tbzYpM2RCJDNKJap+pPTcyKgfkEzyiPZR5Ep/93lK+okAhPodMuWoNunAuPssh"
    "YUR4gOSYrHWFT9BKN3jpBi+9oxNu8NLkJn2QTtgH6UjSu4uI3z+fpQnw/r3aOhneEa2MvN"
    "J7g+BjMO3Wyivf8euHBXXGuKg6pqbF7okvkPKyYigHm/Te8SuZwwqtg+CWlh9sb8/JJShz"
    "MKWcfHSuWMrJBxQ8ZJonmebp6PNVphQu1WhIOeIVbw5SjnhdcsQNnY85R5wpTXgt8sgUz+"
    "qcNy6QZFgw+mG23kH3duDgvS5r3O4Gl5gl0uumZxbesp9UyWBduLAUEI7OvUoB4YACgnTf"
    "lkHCpwTtaicqBmyMTDqFreUEnZCi8YWMYFhneZLIbmQDY1OrTBGYGclhNiaFyZ8LpkGeLF"
    "v3ghy5O9QPTlTFm8bO5aLZWDJBKnTLsIxIfu2g+58shCA15LuDMKohv8ijIL/I1o9fpFQ7"
    "Ny27CLorgiqoxKPorss97IP7cya2PyeglfrvCuu/E8z5sRhIG7ivdB6S39nARmKbnJzkF+"
    "uJzJeTmbDvBw4BzsxamjoZU8x5EcmkgY79Dp24FjoIYMJA7vOvObM6GQmffu6Kr5GpnVWz"
    "7FAPzeWg4MeVSb62HDyC5GsPyIa9JCjzRQGZh/KKbnX6g97djdIZYJYC/5hHZHLvaPGJcZ"
    "mY9aDBMx74ORLi69ZxfKYlp7wC92MecD9mg/sxAa7YO5Lwbg7+DihfHP1dNtB3Hv4tXQmk"
    "K4F0JSgqBND5Aqv1nqWJAf69tYJA8PNcr31u9bKQIYhmmtZEC1wAfM0xeaB04WuP/RLIfi"
    "5xDPYNCDlf/mu/2+HuxCNPOBkRzaZpOurDPVgquqVAIHcUqejeM6CSfZeu4Eefr3txBQ+2"
    "2iLAR6kqMculD/6pjIa0QeQXP0I5pdIkkGjKqTXWiKBhgZTilLn2M5oHRPyhfk9t+Ib0kf"
    "rphfSad+oV7kpPHl68G55zSCQZCJIOoaHBJyDj51o07ziIHV1bhz4MnkiIzDX7gbo/gFgC"
    "LxD28SP8YJ2q+E7ViEPhLQHJ+x+f4EE2nVhAim8jfxq8myYnQ1FGp65mmE7wNQzXIah0ha"
    "9MdYeMqWPotA4NBTcfCERv5tYjRbMJED/ZBsh9XpYlTXeGzHCx9+l3FV/qoHcMCMWMhghX"
    "8ONAsHJc/5etngA/Dsu2B8nRLdGA/1AifijOJ5GLach4fiUQvHgjB+NRQYBjFsFvQJ5APH"
    "uAN4DxrwWjR+0FDCIg4lLTdLghaI6PBvBt64lo9/hrc9t3fMDPYLon78YLeKc2snGKOFiD"
    "MempnmwdjHaOxyeKZq0hjjsNr5CSeeSlWHqC23ER/2P/RUggmllqO0yyVZntsiG56zrblb"
    "f9Xd59qxP4h9a+dhttfe02HH/p9oCm0Vbgyup4yJrd35Weyq9g8tbVyZBdtX5vXSmdqzrx"
    "j4asp7Q6vwN/p1ypwe2Ui9hycNfrqN1rdZVLPXEJM6kPFNQ4o5VSHPFM6zzROn63zqDXur"
    "wbeJllg7MhQy70qtf4ih0Hx0Bz1+spneY3VfkDXrTOZ+grcYlnfO/0r+G3tjo867t/ErrT"
    "vRuEbsEZYHjbbsFF/oFnLfwx13hBHA3ZjdL7jNmoxCe0+XZz2W2r/jeJnA5Z9xZ/i9q9Ve"
    "BbhE5Wd0AK6iurW/xsdU/5Q+k1W6Hb/oVVi0a/3/rcEUbgxKVQP7et3rdQL3iK4wdToS+G"
    "TRyVwy4c5RSiLzGKgBnbTIRqnfhXnhd5J4ZLEOcSe4rrmpxNLoxiCumrhrIUkVeno44roo"
    "9HwUbdGt8McolyFOW/lsB7G25K5NVmR5AwrSwEsMkTxDbSmPjNKK8IJcQbIJ5SulU1C5/u"
    "dQKcvxBLKYrdnBK7sA3IRynZVDZQ91qzydP/brVSBKSvc7EosBp7SvxipukViTRLF7eOMi"
    "ttVmfD7beXWBfH2rGWdho/l0+JGFAfbrk+u2l07jwVTgFVoqCqE/E5ZK2bW64nFJ+ooOvB"
    "AQjGqqh8iEq66JUhu2034Dr+L4cCSRjVigrsYSJZbiC6pYYscgX4lhhZFdah6NT9kKdOxo"
    "fsMhkfElUy4HFTQ083CF2blpax1EfJYkBPke70oF7HsXTvLtsKue0B54J16CKLvLgZZWN6"
    "CqyMsd0UXQ1Umz4a9CmJ9dqCDXFSWa+hQL2GuF9CgfUkhbSC4tBenEkNtli6qm7cU6fQEh"
    "6nqyDeu1/EQ85PKRzIJj/GGLV0ZCydI2PqWI9TlrJsbjNGJs0Wp5ZF8vSYeBmruidgw06U"
    "hZaACJlcAmQE8OEjgFMW3R0A3Ah6OsmVdiO60Z0mB7b+y74DcIvVxC7n2rAR4NjiWKr49R"
    "bXFJ6lxI54d2rrwkaEnrFAxMjUMKmIFcd4Al6mCnCzQsWf62QhlBEY9eFi2WeuD7Lnq/MF"
    "tWfawiFLplssJTx9j89JCWWQkefHZl6ki78UZk4bVFytCiIaIpFwpsFZNKI/QlRBzeD5xU"
    "UeTezFxZo66BcJ9xTLnqfpBdfAvKKoIMa7t/7OgffC5ycQzvaUCJFUwUh5cGcJN9XfKqev"
    "hJvucVWqyX1221N4+fmrOlkd8uil61bvBq+uDofsrnPV7Sh1Ij6H7LrRamMT8RnnvY/zki"
    "xsCwCcF3lJQiTyJdk+t0UxO0GUSrItMmHIK7WzrTQNW451jHwHo31C69mpDbZQH2030hFa"
    "OcxlHubTsEiehqX3NE1nZbTtlDp3rrAw9PgLlWF+wJu1zRYI1baeClghMD8RL2qBSp+6SK"
    "zk2wlqfhYnMqaYrtbxLzjkybbYPXky3BkR2Zl44qoRz9o08iQKkbqWZ7RNt0wc8NmpiZcE"
    "YPCFvBlhGky8Iprtyjy6x175atKacUiRy5/8UTQzkxWt3hWZqCjpC80XkPxY+s0Ph+XbEw"
    "HyFWggO8rXOoF/Q/Zbp/u1Uyf8Y8hanzvdHqoXvQPM63N911d41iZ+gFea3d6VuCSOyqGF"
    "lHFFh3JJ56xPEW3viqAK6B5a1+szl1uo12V09JaYu4BsEbz99mVe9MsLduCDWJS5TlBKx+"
    "e06OVA2swtMcbopOSyXi22wmsHarHA8fM0kd2oFItPrlIpxa41rJ96lqIR8+7U1qnDprxN"
    "7gJSovmqeJOmzw1mIBlenWnOKp06nGq6TvVPqJzCCaQ7mG58yokpGS8N0/0nXMD05NaU50"
    "CfwLdLqx11kGdKR93SrV61NaotHLciQpPffjf8zmbET9iDTFY2WoH7Llcw+rs1wejvksHo"
    "lc/PfdPo/aYMMKkOfg5Zf/CNJ+XGj2SF3p7ymSfWEZ/l0MwcsfhU2V6IIygPvhdKi7EiqA"
    "Tce5/ZhrMwtWcVw+/tAsr3BJ20aKRld3FUFO4fU/bPtSl1InQHzKfjsy0nlU4nIdQeR+xq"
    "UNuYzM5SxC7vTm2d2KUFbTZJXdmQ71hmyXz5U0WWlDfem07l5Zx38rpnCyUYtJvKMmTvXi"
    "GSCu5fewkhwpeqAMJe8wqiuxfpBJ7o0jSDJDoJZXoX+yRxj1Nj4pL/R0zDOUXuYA24CMZ6"
    "1jfO5daiKg7s4PLYm9nf/x/yFtu7"
)
