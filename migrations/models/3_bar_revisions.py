from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

# Raw SQL: bars and the values of series are read as arrays, never as models.  The keys are ready for monthly partitions
# and a hypertable.  `bar_revisions` holds what a daily bar was until `replaced_at`: null columns where it had none.
_COLUMNS = {
    "sqlite": """    "open" REAL CHECK (abs("open") < 9e999),
    "high" REAL CHECK (abs("high") < 9e999),
    "low" REAL CHECK (abs("low") < 9e999),
    "close" REAL NOT NULL CHECK ("close" > 0 AND "close" < 9e999),""",
    "postgres": """    "open" DOUBLE PRECISION CHECK (abs("open") < 'Infinity'),
    "high" DOUBLE PRECISION CHECK (abs("high") < 'Infinity'),
    "low" DOUBLE PRECISION CHECK (abs("low") < 'Infinity'),
    "close" DOUBLE PRECISION NOT NULL CHECK ("close" > 0 AND "close" < 'Infinity'),""",
}

UPGRADE = {
    "sqlite": f"""ALTER TABLE "daily_bars" ADD "vwap" REAL CHECK (abs("vwap") < 9e999);
ALTER TABLE "daily_bars" ADD "trades" INTEGER;
CREATE TABLE "bar_revisions" (
    "instrument" INTEGER NOT NULL,
    "session" TEXT NOT NULL,
    "replaced_at" TEXT NOT NULL,
{_COLUMNS["sqlite"]}
    "adjusted_close" REAL NOT NULL CHECK ("adjusted_close" > 0 AND "adjusted_close" < 9e999),
    "volume" INTEGER,
    "vwap" REAL,
    "trades" INTEGER,
    "source" VARCHAR(40) NOT NULL,
    PRIMARY KEY ("instrument", "session", "replaced_at")
) WITHOUT ROWID;
CREATE TABLE "intraday_bars" (
    "instrument" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
{_COLUMNS["sqlite"]}
    "volume" INTEGER,
    "vwap" REAL,
    "trades" INTEGER,
    "source" VARCHAR(40) NOT NULL,
    PRIMARY KEY ("instrument", "minutes", "at")
) WITHOUT ROWID;
CREATE TABLE "economic_points" (
    "series" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "value" REAL CHECK (abs("value") < 9e999),
    PRIMARY KEY ("series", "day")
) WITHOUT ROWID;""",
    "postgres": f"""ALTER TABLE "daily_bars" ADD "vwap" DOUBLE PRECISION CHECK (abs("vwap") < 'Infinity');
ALTER TABLE "daily_bars" ADD "trades" BIGINT;
CREATE TABLE "bar_revisions" (
    "instrument" INTEGER NOT NULL,
    "session" DATE NOT NULL,
    "replaced_at" TIMESTAMPTZ NOT NULL,
{_COLUMNS["postgres"]}
    "adjusted_close" DOUBLE PRECISION NOT NULL CHECK ("adjusted_close" > 0 AND "adjusted_close" < 'Infinity'),
    "volume" BIGINT,
    "vwap" DOUBLE PRECISION,
    "trades" BIGINT,
    "source" VARCHAR(40) COLLATE "C" NOT NULL,
    PRIMARY KEY ("instrument", "session", "replaced_at")
);
CREATE TABLE "intraday_bars" (
    "instrument" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
{_COLUMNS["postgres"]}
    "volume" BIGINT,
    "vwap" DOUBLE PRECISION,
    "trades" BIGINT,
    "source" VARCHAR(40) COLLATE "C" NOT NULL,
    PRIMARY KEY ("instrument", "minutes", "at")
);
CREATE TABLE "economic_points" (
    "series" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "value" DOUBLE PRECISION CHECK (abs("value") < 'Infinity'),
    PRIMARY KEY ("series", "day")
);""",
}

DOWNGRADE = """DROP TABLE "economic_points";
DROP TABLE "intraday_bars";
DROP TABLE "bar_revisions";
ALTER TABLE "daily_bars" DROP COLUMN "trades";
ALTER TABLE "daily_bars" DROP COLUMN "vwap";"""


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE


MODELS_STATE = (
    "eJztXW1z2siW/itdfJm5VdxU4sSZDNnaKmzLDjMYfAFPJjvcEgI1RmPRYiRhx3t3/vue0y"
    "2hd5AwYCH3Bxu99GnB063u837+U5tbOjWdN82lbrgKc+2nWoP8p8a0OYWDlLt1UtMWi+Ae"
    "XnC1scmba9hOpdDQoPyONnZcW5u4cHOqmQ6FSzp1JraxcA2LIUmXUTKZaewO7j3ahutSRg"
    "xG3BklQMkcIIaWcK65ZK7plBjuZ8LoA7XJcqFrLtXr3il8Gwqnb/C5ujWBBxvsbn+PWDLj"
    "ryVVXeuOQk82POiPf8Nlg+n0O/x4OP2jBk/SmKsaOhI4y/GfdOKf2XRi2TrVVc2tAV2sLX"
    "wly05riY9Y3KtTg5p6ZKREW35ddZ8W/NrtbevikrdESMbqxDKXcxa0Xjy5M4utmi+Xhv4G"
    "afDeHWXUxt8eGjq2NE1vqP1LAgW44NpLuvr5enBBp1NtaeIEqP3XdMkE1Lo11wz25p7ajJ"
    "pvDN15w+gj/Nz/9r5oiEhVO92B2lcGqlpLzB78QrHR9i5NLIYzz2AuDsV//hb9BvDwqzV8"
    "wPmXZu/H9x//wQGxHPfO5jc5eLW/OaHmaoKUD2uAeWTI8kIfIdrlCPgXgiEIXjkfTh+wkk"
    "EcQBqe+HkRDdM8A1BvwlYOT3xuAs3zmWZnoulRxLCEL3eE07I2176rJmV37gxOP71dA+tv"
    "zR5H9tNbjqwFG5fY1jrenRN+Kwqwv6rfw+8rAnOcToJdAOxi60OUSi65MVDHdGrZNAnogH"
    "530wENKLaatcez0A6U3wfY89xx/jLDk/PH6+bvHNv5k3en3e1c+c1Dk/m83T2LL8lTl9pF"
    "4F4RSLSLox3mnpNrhju5AORcY07ToY9RxwZA92jf+AfVWkMGrWulP2he30QG5aI5UPDOSW"
    "RA/Ks/fowt56tOyNfW4AvBU/I/3Y4SX5hW7Qb/U8PvpC1dS2XWo6rpYUz8y/6lv1Egmt6H"
    "2HO8MNYm94+arauJO9aJldU2eWt+Mo9f0Zh2xwcJ0cTv6UnIv1jjWorgjJfr6yTmP61xAU"
    "EZWr8hZKSBCDtfuM6ITKwljCMXZR1Xs+FQYzqZUjahToM8ziwyNZjhzKhDHg13BneJZeog"
    "ybLlfAwfhkNsOl06WWLzvh+YR4iG57j8zdKhZaq0bD3CK+cdw3/ewF4y1YJvpd5TrrQQvU"
    "j5WcrPx7cQF2Dmwq9CXkTDNFJ+juJZVKyT4lwBcU6z75Zzig8rwg2HiSoB86FZ4tWGmpzU"
    "CmzTHPYWfEMNts+kMO0THw762r9ulVvlouDe5lE1iPgcst5tp9PqXDWIdzBk/dvzc0W5wE"
    "arwyG7bLbaeEl8Dtl5s3OutPml1WGcWcrz/nzI8/58yH5/PiTenwdqO6navRbLeHlCFLHx"
    "g++8r/F7t6/l6Q6/wT9P3n346cOn9x8/fIIm/Fuurvy0BvFWZxCDc2FbuBOkrEaXpqVlIB"
    "omikE6Rap9gfr2zdvDL0cX3duztkJuesp5q9/qdqIiIL/Jee2/TMPlEPSUZju+6HuyRIFZ"
    "GyY53LTdF767nrZxSScvqxKnq4J2KbrinrzNs+RCq8w1l9+Lwj3BbdFUbQo/2EFcEpCfWZ"
    "ZJNZaOehp5DPkx0O9rUq+uHHbhOOt22xE+5qwVZ1Rur8+U3o/v/hFdQFKmO3XwWxfgGAOK"
    "KkzxQ3OLU80wlzYFPPUMpjEd9ThdFbDft0DkYzYHhkK7K2STSSGtAuKHnu0TmyI221kLos"
    "TSWFA6Y0F4pD1tcvFRDgjlCJd6hLmBYtt3OUq8g5E+ooX12AYauG2HqkvmGuYWIx2jlkNd"
    "5qH2rItbvtQxajnUZRvqkljz+65lU/3S4D86YdQP3a2vs+1PoUUB4/5yYVqaTqwpsfDMof"
    "YbQgYzSsZPLnWIZlMytZZMh3O0vxs26X9p/vPk9GO66f553RX2bk+zwTszDfqTRndpdD9C"
    "dvc4jO7VBJR/JsDM1jX57SthDo7psE9P8+iwT0+zddh4L6blsBi80a4AqgDOcboK4v0ul8"
    "3g3RqbwbukzcAx/jcF50x7l9/8cLaufcK7Y3OXx1QUmLUBRQXn68cPOabrxw+ZsxVvSRWo"
    "lLAOLGHBLNJ+panBxv6t+jrZirO39/Qpp3zVJIKD/cEhSEmAsk4om9hPC5h5BMQgahN+WY"
    "QBG9CO2sYD3Jva1pz7OxvoEgXzEvuEfhwKc91Nyl77fdRmuUwKW1LY2noESi8ZPNqwJqQ5"
    "XWRv/yGSCu7/+/FxkSyAZAH2zQL06BR+yGxg3VOWxgdE7q9lBmzREnZFaFpA4+rREU5X9x"
    "ShvhoUNacGhjrR726dPM6MyQz3aocrfwngCdsvfUPIrQOn6EcHHSxdMrVwd3dmlu2SO/gK"
    "NF07e7hH5wqxog66BXtbDv2+MODLrc83oht31ElZHrLX4YBiN8vwi+5m+xHCshkJw3GW2y"
    "7IEVq5HpduPQ7vvKF3r/hAR4nlSJd6pDEGdrthDlFKC3aZhzi6reYV/6JU0jYEO2OCY01g"
    "nAT4Epgl4479Sp8SAW0xTH2zftDTcQIbXA1ea1t7XDFvsZkFByKfHR+AZv+8eaHU/n4hhw"
    "sP+zRvi2BYsiUA75cV4P0dmBv/NID1xvwFyHtPtblhPiHrrZlmlD93hKZuapmm9Si0dEaK"
    "5m833Q7ZkI2CnXyEnD92RHmH0J5Zq25gJlHb+UxGNn2AHnW/vUNdTy7wvgZDKv5Q/Cah7/"
    "Vo2fdObjkBvUiKCAlS5fjaVY7lWBmf69+xgF+9JbMWoZUsean5NW9Z3T5ZVJRcjnapR1uK"
    "2q9lpAPuaKu3OkwsBe4yD3SIP83L+YRIJN+zXtRGqHYgZ9963RwnpBuF7NCEKiphJziRkE"
    "UrCvqZR3/5a48KN5FsvON2tIrg/vc+9RF8jqYoI/y5m62JwOHPqYboW3M6tvSnVaZEbcLT"
    "K2LGRQqyqMllea9SAQZxTC17LnQAo4nGLGZMNFP1Wt4ZD9T5DGI+7xG+FSUzzUnVUxzwuY"
    "XDSDB0RKoTpDqh1GvRM9UJ/M1JwpltOV8RVM5wfnKax3IOrdZENyQcmHXDWZjak1o0iiRO"
    "V0Fvsd2nLFlojvNowX4Lq/6sCNoJwgrCvRfnvDsb1lYQSG3LCy/Ni3iCUCIu3SGlAqGAO2"
    "TC7PxM0ax6Jue9SmVnmt2jC81IFc2Cm/V18tlYs1Wbt8sdOgIkQvp5BMHGGoOAh8Eaj7bF"
    "7rh91fPLtI27GZeh/CYjfncknsZPbUp+6Xc7dSKWB+JaROTFTwsjOdRjU2S0P2oYgWLzPM"
    "t+9bpgqvIc1/+WYScvLVFkC22ZTjG4Va31Otq0Rx3vUpUGMe45uRO+b86NfQzJ32tfbjsX"
    "PeXistu+aJDQyZDddlpABpvs+ZcGCZ0MWf+mDWfYa/MGDnnC7Pglv5V3qn7tdTtX7W9+y9"
    "jlIbto/da6UDoXoo+LX277A+w39fKQXbf6/VbnSr3ptc6VBomcxtfOPHzi7pNx+8tvcvJk"
    "J20M05R50uyEF9xPdSexyRUBPUwjQd8KdM0pVlMyoKgE4NGl5DSXyHm6RuQ8TckYYS3tSS"
    "HtVUBRQYx3r7eSdeGqLdWHxzohzOSWRuKE0pax3kUgACwJc2FHgVaks+OEd6O7QGKKRZwG"
    "ejD3gcUdvJRf/rllLyxEvTlxM/zz403q67QvE7+xKspM59TBfEU1iEYm1nyhsSeiGzrqMD"
    "BE1oH9kDp1QqdTCj0+UAItV9UJ0dl9RL+ruA6PkjqW3XSLDvtcxmmQEYiIOEkte0QYfSQw"
    "GaEzjMsd6ZRZc4OJe5apvyEgGLU6avfykutrrpXeldJrEMcic/wyghQfZKFWZsR7WV2ES0"
    "MWTJ3PaJh3ZqIR1SYzfAJv/RkjghcG+6c1nZK59UAdaAqvtDq1xQiM/IAAvErGmmM48NV8"
    "Kazhd6zx3groi3xZ2IMpoS/6I3pHqo5KojqqvP7De1X5B7644h1srN7GIfNfRfEJbb5dn3"
    "XbKoDauVKgYfg00GMEqoty6CP81ysxltk6wBDJq9YBrlbxFOuOcZeZti9CtlXuvpK5Bnup"
    "+34+OXn//qeTt+8/fjr98NNPp5/ernL4JW+tS+Z31rrCfH6RKZxM8BfaKYvhHyOUI7DtCE"
    "QYhOQYKN/hzgWdGHPNzLB5xzuILyeC+I3XyfGNy7r1RDlvXTfbP558qr97G6tmFV7I41XF"
    "0rxnciCd7jwjAZYKNalQKxX+UqEmFWqZ8ljIjIgyddFc8iEaWcBdKiiLwLszBWViEh8a4H"
    "JO3434hl/eUul+LymNquPC1+trC99Ai9zeddCCanPUQv61tFxUuqI6lKc4JIaLClemOw0y"
    "mWkMvqYflgTdMkfIF8JJjnvDiUwpoh/skatCXWNyn+Zfd5gH83QuoRJjozr2BE82CTIydQ"
    "y14jfwyYx4TXl1kBHRTAy/mmtPRNMf8FUhqNEdudSej8idbT06IoaLP058UXj6kPHALeyC"
    "/6QpBUr4JRjp5XXjR35ZJmajxv7we9h0irnFnpto+mWrd5QoumVXSr1sbS1dWJMUuTGbVV"
    "gRSMYrLiBiRW6WJiKu0zmFqSpTmv7A6ibprbq1ptoBsTnNXrNmvvoElZmtO6ssM9fse+pu"
    "p7+I0ErtRam1F3w3faB2+qKTbV6IkcnqTCnvUIh9LcKWxMikEiMNVVng+BUsTiiLFViU/O"
    "ZyNx+kKf5eTnNyaYsBTVWfiJv1TToUNKHO85YQHkQUEKg3QP1DndzThV8a4nFmmBQ9zFzh"
    "+OYsx9jFmNpwy+Jxhtqj9kQmGoM/dzIjy0VSc7LPBz1D62BqjqtuJ8QlSHfzNr2sJuKAop"
    "zUTxyAB5ga9tYTPElbJeb1wOqKhfaEldWTI5AdchYiqYQvweEjziYUKyRu7VsQppbSeekY"
    "4JLwbSFzYwrjFjVGZnNugcG0QB5AdwbjK9glTJ+nkYVtTLDG10hkahh59ijOYBnuyhqFD0"
    "U2bKzZTnqmv531LEuPlpA/yGa9xOgWECUDguqwv7urOv40H1uFkvYFFJWza74/yWHXfH+S"
    "adfEWzGP+xc1Gb80G7v/DGbVj+oZdM9/bRD+MWTK4LJB4N+QXd8Obptt9fIWA3RCJ0PW6l"
    "wovzcI/xiy7s2g1e00iPgcsh6wQg2C/+Ob6ktF8wj3jiIvSZhmq8ErmZo3hnEeiLMRTjjg"
    "L20bhOOnIgCHacr8dmy7zOdZ5bMX+YQHPp2khvSs2UJXFNWbvrt3wIeftYTnFZrBYZrqYf"
    "zuJA/I0CoTZX4vHhy1ZAVRDpFUD+Q8vGA2K5jgBCdLx1gUW4Q9gupB+3MOaH/OhPbnxALh"
    "GIWyNvntqwfsuzyT9l32rH2XmLa+hr2wJ1uC8HX7s8kovd0zCaXTrvaFamStjrW/Up/k0b"
    "SqQtuSP+iAN/fM04wEHXEd6UzT66Ie6wiWwAkdYVqYke++P7bcGVBMzKVO9c/8VwZRA4ZD"
    "sOJjarzBIZ6ZM5nvClz+LJnMt8yK3JdXPSbXxCrpHsUrUGDLXhE8c6suGYtUbKfOcEbMRi"
    "2X/2HVUZP8jcxCUNbpehSeAseYheCQm+XrC5p/AXSPPKlnG/B23H+hC28tRQYL366vE7+E"
    "E3A+kQudhk3esfAdRs+SiBD0hpCvtuG6lPGYZZtqOgGxaOQx8SK+6g2f0W/4d0vJ57mvhz"
    "zH86WUa9SL+hLsR0riXk1JgDdn0FoRPjuF1hHt9dvl0FrY9MGwlo46MS1nS7DjPcjEZRtA"
    "R9XONlD7dBLgDQDPjLutUu/5dBLgDQCbwL9vga9HJuHdAO8DIlYwICSgkVlSt40DGacxdJ"
    "un9TiVnZPTOj6tNed+G3g9MgnvBnhhGqqO8b8F140wlVw5tl05YI5ugX2YSmK/LfYy2dDW"
    "xoutVOpSk34EmnQZX/l6xnqdCXJzMMhxmCNrX1r9Qbf3rUG8gyHrKTftJlwQn3jeBxzbWH"
    "J2dThkN70u1nDpNYh/NGSXCjbC/7yXZqsniMTRkHV/U3o9aNog/lFcMZ0rnGHnISPHlNCw"
    "EmzGs/zs8lnbuowOLPh3EFtbGawE+zG1Pct81uW/5dxivskrYUGLtaivM6JZvC3+Tt64UE"
    "G8iBOhV8YNo/W8KDZyZ2C9N43Yxt3MJa7VIKM5DJKxMA2M+w5Xk4MTndrmEwxJVp28PT5N"
    "GtjKb2Djw7ot27AiLjXXcN5stxsE/wMncDsAJuB2UJK93H0yt+fZfOJSg6/c9ro3SrPTIP"
    "7RkDWvFVi98Zp/VJbhsI37rQygAaU0N29SUdLvCyMt0G5dAUOf4lUraoJtNwleJuMfJToc"
    "6//ubZkzSkZdnn2mpSCrkSCU/oZr/Q0DvJIoS3/DFCEoMcF24G8oBdJjEUhv0IOt+0Bt29"
    "BpLUUejTaorxNHuTecanltc8fTcbJVaJumzw1mIJVr2Ty6zaFuQ1QZR78vXtbcs6qM6gTa"
    "uIHnpuhKBLfxDg2H/+C0kLpDPVamPivd9lFfI6q+qI2vZFbWYpyj9KLdv1hj04WpTehWzk"
    "NhWunishFozUlbBbKD7QKKMqtK8gtAETXIaa7EcqdrEsudJhPLaUvAqWi90giRTPQtQxhf"
    "rTEe6zDqID6w7QY7Ti5LuxzHYI9TtJrZy2WcTlZHiie+K6MJsBSao93q5WQccKXigHmE6z"
    "n8BsqcpZgfMcVRrEV9YzQwhyRonM+PwaEPMPYmWdjWg6FT2yGOZuh+cSEuWYrazDPrETri"
    "apsnosG8pTrmsRdcuzPibUbCQw3PbEp+6Xc7xDQcNyU5/oGfLX0cyrG+1dcojrBagrV1ou"
    "yAuszSY+2r0rr6MlAu1OZvSq95pTRI/MqQXSsXLTS7i084b/7S7bUG3+CKdzRkZ7B8qf3u"
    "be8cugidlMNELzVZBwjRwmUwgx0wLS0rjiVMFQN5imQVg7Z7e9ZWyE0PIO63up2oXMJvRv"
    "HuKc12DOg7W9O3dv9ZEZd6VVJ+P1fabaUzaJDV4ZBddbsXDYL/h+yy2eo1CP4fsptuF320"
    "4T8m8v+t2W5dYCp/flCO9cdjDJKDll0lLERS5qHaiey+jyphHvdVBPIQiYR8C8hlSFhVlV"
    "VSC13tsZbBKseiD3qmb5DQa/RdLT3bW7RBfb1vkGiqOtg2p4bni/XIaw4KUqJb1KljzjV0"
    "vYGrsPk6ngOPc+9gNmssxkwc7RGOG6KctGkSC1UmDqbExpxtSV3O3p7yDK3Ny9Y0K1G5uF"
    "0x19l6mzGM132at3M+CSlEXmYusAYMWB9jT8UnFi1TeMkypTNkX5rtS1VcWB2WQxKCxzHK"
    "/cu2HZ9oD6UeootW/7zb6SjnAxyo8NmQeYetzhUM4ep4dZ2PbNC6p4Tbh8+4KMwjl8VnOY"
    "Z5qhnm0qaq7e0jufVBccItVULHY9rchUZo8fNpIZC99hLbHNhOgBdI0SKsi5pfkRwubmbP"
    "UTMHTstjU/Q8To34yAQ9QlOhjEg7C1iagJy4jQnEp5MWkE0WEERK1bVCQYphmlcdpogZar"
    "dVMEVopdtb2bRLkfSvIGqrAp8t+f9oDyUuR1jDe5ddXmx6dSiKSavt1nWL8/jhM2TzL2/7"
    "IqEQPxiyi+5XEOLw/5BdNXtnnNP3Dobsa6/buVL7367Puu0GCZ+BPHg7wBGH5v5ROUSDYP"
    "zUOXUcrVgZ63TqEs+CMvnnLxe4CG65yEaJpRK/dMvss5T4u1My9+gUfsjsfGk7ll1LUTJH"
    "G9TXKZlt0VSd8LYFlMzonIc+e67m3PPgz4k1p1y1i1ed5fhPOnEbRCN/WmNyZ1EHrouCix"
    "jzma5SfmafQzZkI6/VCANKUR0tvAsj2ZTqIkYVwOC3iENtAxXY8Bw6X7hPgYJaZE/y6pRk"
    "6Kf/qLleEmTv0bK8Y5l9Dt3URNf5GCM3Pdt1uVSi/7rtDpR+g4hP4G+arfY39azZg2vBMf"
    "rxDHrNi6Z/K3I6ZM1zTDIG170DnqvxstXGnv2jIYNFdKBcK50BXA2Oh6yjfIUr+B+15tiB"
    "CkPWwv4ip9CD0mthn+KzHPyT/x4XYJpCJGWeHFuySh8/5ID444dMiPFWFGIdFnS1cE3LKN"
    "XrDhwXptciczRMUz12fvfLgOa6yA5sy83HySU/Xzp+PmpPe4bGRCpLjlZZsrWeRKpI8qtI"
    "SiI4K/Brrbkx6XOBr5YiOcda1NeJztRrqzpB4xy5m0RrTygVfTxhaBssMmNM3ItLjO5wGd"
    "RwQWrlIih/KNJgUt8HzVzSlAi7HfctszAdftt8hmArxriAPTcg2I0V/WVd4HZuy82KAMqy"
    "Mu4y6KdE3oS7l/1cw81KrpyO7YqggqL1+1xb7Ps1W+z7FCsE5n4vgvCKoIIIvzvJgzC0yk"
    "SY34txjbao25HiibCGYwwTVRDpfdRUwRA9zQRB7s+l46bHPazRyqWTV49R/5QH+U/ZyH9K"
    "Ir+mbNG62L6KTu3dAywtxVXWLJVE4L00mMYmhmbycCO+/qUIvSmt6usE36nfXkQmIUFO6b"
    "eLZlyfRhhfJ9Z8oTEupU6Nu6WN6VwMh2dzEbmE8cuKpqaBtmGLy7boVEmEBMMDj+h3lxtw"
    "EYCkZHzA56ZaiBOBaFjIh881ENhFDhMKgrkqIi68lVSakUssbfsDuI22eDX4Jd4nQSQ+71"
    "4raBfGzyE7a7abnXNF7X9RlEGDRE6H7LzZ/6JetrtfsZ6Pd1gO/W7whm0zVAF1qQfrm9Ls"
    "NQj+H7J/3TZ7Ayyp6B2UYximhjOBDeOJakVUVDGqKhVI3JmmysPor6Vmu4X0f0lCGdSRhD"
    "e0L+d1UwiRvOqAg6lhgoxSDLswzWt28JgsbbuofilMU+btaltVaR5FabaaNLkjca4/CXB2"
    "+qIQSSXwfZmMUVKptMcsaDKLUJXVSseYhrssA1zRPNwvAe+RJ+Lu0Een5dJ5LUUXurpXX6"
    "cBZdBKNaBZ/optBp1wdSKS8lxJIuG1l0HJpabJEyXx0oJEI/f0yXfJsR5ZajG25/eYqquM"
    "uAn7KaiAWOojX3qJqq/RR76IQ3jZlqf9J7kOvQ5bAO3TVRDsk1x+LCdr/FhOkn4s0lNo3/"
    "HKznI+19KKfq/J4RuQVMGR4tAy8NJOCXla45llp8U6HSXSiQUj54qxdslIrtHLsWk4s4I7"
    "YZiokljvfnH2MdtS2RAnP4y2oSQ1U45O2SAVS9Ue65L4K6H0fU2Zh36qcO7frm+Uz+eiZV"
    "4RPZwhwkteHJWx0T1IG1tL9w0hA4ybganqZ5ngDX8AMRxDazCbMUwWjK/h0jZMfTtFgj/A"
    "A9OdkVw699QyUT1NXMBP8VuKrNr/lhqAMmkAjnE/lov0lhuy1P7v+MUKQRusj7lBDUgknB"
    "uMKZ5y/ZlmlLCe/jhh3WxECSZVxHxy3uyfNy+UWsZ6IG1UVbBRNScTa5nuru/fWssBa6JR"
    "fvuUZnuO8QvLdqeWaVgEC2H79iLiat+JvTSp85lQbTILNcNEbRrxxhGNUKnWql33L6PTS7"
    "fqr+NOXcq0wrxKhEhurDE+5WUL3lRfwVn5EI9B8/fmWVtpEO9gyH798PZdg+D/Iet1B1/U"
    "Vq/ZIP7RkGGKwBbm72u2xa3YBczndyPueAdD9qUPZ/BvyJSL2/Mmz/53evJzg0RO41vGyx"
    "h4DWeFXmLgzyzLpBrL2CQihLFRHwPlvoZ9deWwy9RZt9uOiMpnrbjt6/b6TOn9+C6W2z/p"
    "YI98mOEuswsWZcuxITJptMm1pmUlick292ZmiTlKiA9t7RXoqTRrJ1mHuU9VBdxjC3eedT"
    "t72U6f1Cr/aVvAvKKrHtC7T95jW7Dksju1+EKSpKwC3odeUHwUC64oMbIqIL/XJWVi0+2z"
    "c0SJpSGl1IaUiWk5Ww90mFZWRSrzMK/UiQVVUHG6/WqhSuKetL11ZwXXDqwQN+G+jhLbjT"
    "aI+OwqmQkCf/aZZd2Ln5piiAg3qK83R2BTdSza5rRKDIRPzMSyAScYeyJ6iZZlQYcYg2Fu"
    "Hs/k8YNDTKrfUbsOF3UyfiKPM2MyA/w15ogeGsSCmUeg9znM7qS54pAPTnXR8Xr0ZoUHXo"
    "qHjjRxSBPH0bGIBUwcwcwvAGmESEIqQ8RfLdMb3Ubyvz9hKvkCxYPSgu286FqfoJTSxFpp"
    "Qgs8XZ4pS4R8Zo5z0m4UJaJvbYYgkTGPdwDwINrbUU7ejRgnX+BSCWzXIJfUUuQ0fr2+Tj"
    "xDiSanUPbVC1QIvLg0hzzC2QzFGl5YE7ViKCvxop3UcYCS5ycwXN74nqG/1+OMspU0xa/P"
    "NT3FdewAz0tPgxATzb2OpQj20vtFXYpgh2R3/HmfADQ7h1+I5FXnP3ygdjp0mSk5QxQy12"
    "laVR6ZFXHPWRFdy9VMlVcBS4KsYPbzCzox5pqZsZZGyeOvvyB943VRKYvYhXLeum62fzz5"
    "VP8U83kLuyLGfd8eqIOm4q0BT/YgMV+P+URzZupYM315pijicXqJ9wa8gb8AvBwjJdVqDr"
    "Qj1BLr9VhL5e7rUe4eh0dDWYa3ki4NpVREltqn4Ro/+kxbODMrNbgy2qC+VmmGl1THa1tM"
    "fTa17HsywQpDriVUU56yytEeqI5FiWB+wvCFahKNKRBBj9rUxXyeTCe6MZ1SlG2y1Wb7eI"
    "6MvCzd8lWXOjEZefki6oe9RClJxdmuFWdilU8CuiZcY0VRiVl76DgNGUAg5bD1W6z0LK+K"
    "GFZGV4VSS2EB/ikSWGRwsqWv1Q/Mn+LGp0Cxx2MYRn4+RUeUZqd+iQQTZoTjhn23U7PaPL"
    "PLIRuyphDSfoRWIzxSrSmM2egfIIjdGcwRWXKwPwulrZWTOVkuUKYTJP6jGyDjadwz3dfl"
    "iZyQ/CvZBtXrhFnukOkWA4iWzDVM7+7Ems8N18UW6KJex76TD/1MRqIhZrIfeTUmeOpKcZ"
    "lodygyZUiJf9SsR4YBtyL3pE7nC8tF01xqeYk/okJIlFTmnpQy5hEyNwVkzPB8z4tomEYC"
    "KoX2gwrt4W+WgDlbzoyRVSEy/dCy5lhzqLqNa0yCsIJzfcf+MUeimnq7L2x3rJeKM4EFJm"
    "8KaRUWjwOs1AZbLF1VN+5AHCmEeIyuenDvPl9OINEVYeSiVM9g5TajfRyKoQSkxdfhOJks"
    "dp/iX+trAbbUW8fIZUqUMiuuA01OkU0gSiW3gM1bgG4bU1d1ZzB0M8tM2Qc2e0GmdPE6XS"
    "HfvS3gC+k56WKlXoea0yTwa1O6ptLLzK4FMrtKG+hr2UqEaWnLkY4SS56hbAOdMMq+lNHQ"
    "MRD6gZaajCp8u77ecCgaqq5WMBGVT1kn1oIyYtloJAN+CChEjQroMTOZVG7iXNHI0Wj/RC"
    "kT6EumiyqF2CptZnuHWOa72SuostLc3qA9DtexIwTW2/+KLKwrCumHd6x+eMccDhWbvTsA"
    "12OEj3LKbs7EtHpd00sjvpiI4mbkyvVv1TeIJm7+9LhdRolpMCrK6kWyzM4tRp/Q9W/kW/"
    "dHdRQ5RjDMrjPiFOHy00mpZZedo5cj1q/G/pxEh8RZzlEWoqgFNZ/IW+yalwD0u+dBaP7F"
    "2JfeHIyWFJ4wC7F0IJTCUMm3FslclhNYKWXuAVS+JifgzFds0acts/casiZfGgT/D9mXbv"
    "ui1bnqN4h/5JVW7Fx5JRU7V0N23rxpDZptJOIHQ3apKECD/4es1TnvXisNIj6HrHmOpRTh"
    "tncQ39Hz2D53X1DxRRJ2lUz/v1d/RG2eniF3s005oHydpuQiWbpKoAE7HowLrPpcYthm8q"
    "4IX+fcLeAGMaVUfU4l4zB9iVfjGuyC161+v4UpTIJjLEh8jsWIz2GHbV5iqePLIesOvii9"
    "BuEf5dgnZVL5gykwZd7zquU978NCRmspSjdxo54rjFh1sHERhwDHmtOxpT8R6BPTij8Rh1"
    "KuCZvMNHYHh1o0QHhmQDeq4LscjNWFqTZzHa7esqm7tJlTJ+OlS5gllGwZzgQHeDCq7EZ0"
    "rhkmD2fmUcU8HBgjDMmjbbn0MxktHR5uyJvgmGCGKZtCL/zbzTQ9VB3Lj2NGZwhdB6SdVU"
    "r2J6LDEpWhzUuq7/jXkr4NL73E1qU675Csspj1qUxcOpwrgjKrRbYNizrN46UNrbLDok4T"
    "ftrealZkyoZIZJBOVPtM7bmRUTkgn+AR7aHMk7j2W0v5igKF+Bwy5aI16MK5+CyHhBHhAZ"
    "JjstYVPkEr3eClG7z0jk64wUuTm/RBOmIfpBeS3l1E/O6plibA+/fq62R4R7Qy8krvTYKP"
    "wbRbK698x68fFtQZ46LqmJoWuyO+QMrLiqEcbNI7z5PFWcAKrYPglpYfbG/PySUoczClnP"
    "ziXLGUkw8oeMg0TzLN04vPV5lSuFSjIeWIV7w5SDnidckR13Q+5hxxpjThtcgjUzypc964"
    "QJJhweiH2XoH3duBg/e6rHO7G1xilkivm55ZeMt+UiWDdeHCUkB4ce5VCggHFBCk+7YMEj"
    "4maFc7UTFgY2TSKWwtJ+iEFI3PZATDOsujRHYjGxibWmWKwMxIDrMxKUz+XDBN8mjZuhfk"
    "yN2hfnCiKt40di4XzcaSCVKhW4ZlRPJrB93/ZCEEqSHfHYRRDflpHgX5abZ+/DSl2rlp2U"
    "XQXRFUQSUeRXdd7mEf3J8ysf0pAa3Uf1dY/51gzl+KgbSB+0rnIfmdDWwktsnJSX6xHsl8"
    "OZkJ+37gEODMrKWpkzHFnBeRTBro2O/QiWuhgwAmDOQ+/5oza5CR8OnnrvgamdpZNcsO9d"
    "BcDgp+XJnka8vBI0i+9oBs2HOCMp8VkHkor+hWpz/o3V4rnQFmKfCPeUQm944WnxiXiVkP"
    "mjzjgZ8jIb5uvYzPtOSUV+B+ygPup2xwPyXAFXtHEt7Nwd8B5bOjv8sG+s7Dv6UrgXQlkK"
    "4ERYUAOl9gtd5amhjg31srCAQ/z/Xa51YvCxmCaKZpTbTABcDXHJN7She+9tgvgeznEsdg"
    "34CQ8+W/9Lsd7k488oSTEdFsmqajPtyDpaJbCgRyR5GK7j0DKtl36Qr+4vN1L67gwVZbBP"
    "goVSVmufTBP5bRkDaI/OJHKKdUmgQSTTm1xhoRNCyQUpwy135C84CIP9TvqA3fkD5QP72Q"
    "XvdOvcJd6cnDi3fDcw6JJANB0iE0NPgEZPxUj+YdB7Gja+vQh8ETCZG5Zt9T9wcQS+AFwj"
    "5+hB+sUxXfqTpxKLwlIHn/4zM8yKYTC0jxbeRPg3fT5GQoyujU1QzTCb6G4ToEla7wlanu"
    "kDF1DJ02oKHg5gOB6M3ceqBoNgHiR9sAuc/LsqTpzpAZLvY+/a7iSx30jgGhmNEQ4Qp+HA"
    "hWjuv/stUT4Mdh2fYgObolGvAfSsQPxfkkcjENGc+vBIIXb+RgPCoIcMwi+A3II4hn9/AG"
    "MP61YPSovYBBBERcapoONwTN8dEAvm09Eu0Of21u+44PeA2me/JuvIB3XN5LUgSDmaP3RE"
    "2sNcRxn+AVEDJNvJQ6j3C3LeJe7L8ICUQzK2mHSbaqol02JHddRrvypr2z228NAv/QmNdu"
    "oymv3YbjL90e0DTbClxZHQ/Zefc3pafyK5ibdXUyZBet31oXSueiQfyjIesprc5vwL4pF2"
    "pwO+Uithzc9jpq91JdpUpPXMJE6QMFFcpohBRHPJE6z6OO360z6LXObgde4tjgbMiQybzo"
    "Nb9ix8Ex0Nz2ekrn/Juq/A4vWucK+kpc4gndO/1L+K2tDk/q7p+E7nRvB6FbcAYY3rRbcJ"
    "F/4FkLf8wlXhBHQ3at9K4w2ZT4hDbfrs+6bdX/JpHTIeve4G9RuzcKfIvQyeoOCDl9ZXWL"
    "n63uKb8rvfNW6LZ/YdWi2e+3rjrCxpu4FOrnptX7FuoFT3H8YCr0xbCJo3KYfaOcQvQlRg"
    "kvY5uJUK2T7srzIu/ELgnSWmJPcV2Tc8GFUUwhfdVQliKw6ni0bUXU7Si3qFvjm0EuUY6i"
    "/NcSeG/DTQms2uznEaaVef43OXrYRhoTvxnlFaGEeAPEU0q3Klbh071OgPPXWSlFLZtjYh"
    "e2AflFKjKVDdS9lmTy1LtbrRQB6etcLAqsxp6OvpjleUUirc7FjZ/MSpvV2XD77SXWxbF2"
    "rKWdxs/lUyIG1IdbrmvXzc6tp8IpoEoUVA0iPoesdX3D9YTiExV0PTgAwVgVhQ1RSRe9Mm"
    "Q37SZcx//lUCAJm1lRgT1MJKsJRLfUkEWuAN8SI6vCOhSduh/zlMH4mF0F42OiCAY8bmro"
    "6QahS9PSMpb6KFkM6CnSHR/U6ziW7u1ZWyE3PeBcsMxcZJEXN6NsTE+BlTG2m6IngWrTB4"
    "M+JrFeW48hTirLMRQoxxB3OyiwnqSQVlAc2ouvqMEWS1fVjTvqFFrC43QVxHv3i3jItymF"
    "A9nkphijln6KpfNTTB3rccpSls1txsik2eLYkkQeHxMvQ1H3BKyNbrQOdQriGiOTS4AM8D"
    "18gG/KorsDgJtBT0e50m5EN7rT5MDWf9l3AG6xktfxtWGz23IJ4I0tjaUKTm9xPWEtJTDE"
    "u1NfFxMitIwFwkGmhklFIDgGC/AaVICbFars3CALoYrAkA4XazpzbZA9X50vqD3TFg5ZMt"
    "1iKbHne3xOSpyCDCt/adZFOvhLUea4QcXVqiCiIRIJZxqcRcP1I0QV1AuenJ7m0cOenq4p"
    "cn6acE6x7HmaVnANzCuKCmK8e9vvHHgvfH4C4Ww/iRBJFUyUB3eVcFO9rXJ6Srjp/lalmt"
    "y1m57Ca8tfNMjqkMcuXbZ613h1dThkt52LbkdpEPE5ZJfNVhubiM847/0yL8nCtgDAeZGX"
    "JEQiX5LtE1cUsxJEqSTbIrOBvFIr20rTsOVYx8h3MNpHtJ4d22AL9dF2Ix2hlcNc5mE+Dn"
    "vkcdh5j9NwVkbTQ6kT4woLQ4+/UBnmB7xZ32yBUG3rsYAVApMP8YoVqPRpiKxJvp2g7qdo"
    "ImOKuWgd/4JDHm2L3ZFHw50RkXqJZ6Ua8ZRMI0+iEHlpebradMvEAZ+dmlVJAAZfyJsRps"
    "HEK6LZrkyS+9IrX11aMw4pcvmTP4pmZqqi1bsi0xQlPaH5ApIfS7/54bB8eyRAvgINZEf5"
    "2iDwb8h+7XS/dhqEfwxZ66rT7aF60TvArD6Xt32F52ziB3jlvNu7EJfEUTm0kDKq6FAO6Z"
    "z1KaLtXRFUAd1D63p95nIL9bqMjd4ScxeQLYK3377Mi355wQ48EIsy1wlK6facFrscSJu5"
    "JcYYnZRc1qvFVnjtQC0WOH4eJ7IblWLxyVUqpViT2sZkVkvRiHl36uvUYVrQZpMmLBvWHX"
    "u5ZoqAqa92igDojeHz9EGll6SzFT/oPZ5anCNbqgiRVIInOIAvG75UBRD2mlcQ3Xe5Irbf"
    "rYnYfpeM2IYnujRNMkZtdaaZ2yeJmz6NiUv+j5iGc8TbVBq4CMZ6/jbOysY4BezgLI1VOO"
    "Rm9vf/A8/zxgE="
)
