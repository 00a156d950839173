from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

# Raw SQL: bars are read as arrays, never as models.  The key is ready for monthly partitions.
UPGRADE = {
    "sqlite": """CREATE TABLE "daily_bars" (
    "instrument" INTEGER NOT NULL,
    "session" TEXT NOT NULL,
    "open" REAL CHECK (abs("open") < 9e999),
    "high" REAL CHECK (abs("high") < 9e999),
    "low" REAL CHECK (abs("low") < 9e999),
    "close" REAL NOT NULL CHECK ("close" > 0 AND "close" < 9e999),
    "adjusted_close" REAL NOT NULL CHECK ("adjusted_close" > 0 AND "adjusted_close" < 9e999),
    "volume" INTEGER,
    "source" VARCHAR(40) NOT NULL,
    PRIMARY KEY ("instrument", "session")
) WITHOUT ROWID;""",
    "postgres": """CREATE TABLE "daily_bars" (
    "instrument" INTEGER NOT NULL,
    "session" DATE NOT NULL,
    "open" DOUBLE PRECISION CHECK (abs("open") < 'Infinity'),
    "high" DOUBLE PRECISION CHECK (abs("high") < 'Infinity'),
    "low" DOUBLE PRECISION CHECK (abs("low") < 'Infinity'),
    "close" DOUBLE PRECISION NOT NULL CHECK ("close" > 0 AND "close" < 'Infinity'),
    "adjusted_close" DOUBLE PRECISION NOT NULL CHECK ("adjusted_close" > 0 AND "adjusted_close" < 'Infinity'),
    "volume" BIGINT,
    "source" VARCHAR(40) COLLATE "C" NOT NULL,
    PRIMARY KEY ("instrument", "session")
);""",
}

DOWNGRADE = 'DROP TABLE "daily_bars";'


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE


MODELS_STATE = (
    "eJztXWtz4ria/isqvkxPFZPqZDrdPczWVpHE6eYMgRwgcznDKWOwCN4YibFMaPbs/PfVK9"
    "+v2ASIIfqQ4Ite2X50e+/6T21OdWyys+ZSN2yF2Na61kD/qRFtjvlByt06qmmLRXAPLtja"
    "2BTFNSinYl7QwOKONma2pU1sfnOqmQzzSzpmE8tY2AYlQNIlGE1mGnnk91aWYduYIIMge4"
    "YRpySME/OS/Fyz0VzTMTLsnxHBz9hCy4Wu2Vivu6f8bTA/PYPn6nTCH2yQx/09YkmMv5ZY"
    "tekj5jVZ/EF//ptfNoiOv/GP56d/1viTNGKrhg4EbDn+Hzzxziw8oZaOdVWza5wuVpa/Er"
    "XSSsIjFk/q1MCmHmkpp6y4rtrrhbj28NC6uRUlAZKxOqHmck6C0ou1PaPEL75cGvoZ0MC9"
    "R0ywBd8eajqyNE23qb1LDgr8gm0tsf/5enBBx1NtaUIHqP3XdEkcqHU61wxy9oQtgs0zQ2"
    "dnBK/45/63+6IhIlXtdAdqXxmoai3Re+CFYq3tXppQAj3PIDY0xX/+duoN4BFXa/CA66/N"
    "3rsfP34vAKHMfrTETQFe7W9BqNmaQyqaNcA80mRFoY8Q7bIFvAtBEwRDzoPTA6xiEAeQhj"
    "t+UUTDNC8A1O2wJ4cnPDeB5vVMszLRdCliWPKXO8JuWZtr31QTk0d7xk8/v8+B9ddmTyD7"
    "+b1AlvKFy1nWOu6dC3ErCrA3qz/x7ysDc5xOgl0C7HLzQ5RKTrkxUMd4Si2cBHSAv9npgA"
    "YUW/Xa45loB8rvA6h5zthfZrhzvrtr/i6wna/dO+1u54tXPNSZr9vdq/iUPLWxVQZun0Ci"
    "XR7tMPecnDPsyQ1HzjbmOB36GHWsAXSX9sw7OK05ZNC6U/qD5t19pFFumgMF7lxEGsS7+u"
    "5jbDr3K0G/tQZfEZyif3U7Snxi8ssN/lWDd9KWNlUJXamaHsbEu+xd+hsEoulTiD2HC2Nt"
    "8rTSLF1N3KEXNKts8tb8Yh6/ohHtUTQSoAnv6UrI/6DjWorgDJfreRLz/9BxCUGZlz5DaK"
    "RxEXa+sNkITeiSt6MQZZmtWfxQIzqaYjLBrIFWM4qmBjHYDDO0MuwZv4uoqXNJliznY/5j"
    "MGTh6ZJlic37fmARIZo/xxYjS+clU6VluuJDzj3m/0UBa0lUyt9KfcJCaeHUIuVnKT8f30"
    "RcgpkLD4WiiIZppPwcxbOsWCfFuRLinGY9LucYHlaGGw4TnQTMh2aJ/QU12akVvkwL2Fv8"
    "DTW+fCaFaY/4cNDX/vmgPCg3Jdc2l6qBnN8h6T10Oq3OlwZyD4ak/3B9rSg3UMg/HJLbZq"
    "sNl5zfIbludq6VtrjkH8aZpSLj50OR8fMhe/x8SIyfZ2yxVO1ei2QMnhBFrP34O++r/c73"
    "NT09whv8cHH+4dOHzz9+/PCZFxFv6V/5lIN4qzOIwbmwKKwEKbPRrUm1DETDRDFIp0C1L1"
    "Dfn70//HR00324aivovqdct/qtbicqAoqbgtf+yzRsAUFPabbjk74rS5TotWGSw3XbfeG7"
    "624bl3SKsipxulPQLkVn3Iv3RaZcXipzzhX3onBPYFk0VQvzD2aASwLyK0pNrJF01NPIY8"
    "iPOf2+OrV/5bATx1W3247wMVetOKPycHel9N6dfx+dQFK6O2bw1iU4xoDiFLr4obnFqWaY"
    "SwtzPPUMpjEd9TjdKWC/b4HIw2zOGQrtsZRNJoX0FBA/dG+fWBiw2c5aECWWxoLKGQvCLe"
    "1qk8u3ckAoW7jSLSwMFNuO5SjxDlr6iCbWY2tozm0zrC6JbZhbtHSMWjZ1lZvatS5uOahj"
    "1LKpq9bUFbHm921qYf3WEB+dMOqH7tbzbPtTXqKEcX+5MKmmIzpFFM4Yts4QGswwGq9tzJ"
    "BmYTSlS6Lzc7C/Gxbqf23+cHH5Md10/7LqSnu3p9ng2Uzj9UmjuzS6HyG7exxG99MEVPwm"
    "wMzWNXnlT8IcHNNhX14W0WFfXmbrsOFeTMtBCR/RtgNUCZzjdCeI93khm8F5js3gPGkzYM"
    "b/puCcae/yih/O1rVPeHds7nKZihK9NqA4wf768UOB7vrxQ2ZvhVtSBSolrANLWLwXab/g"
    "1GBj71Y9T7YS7O0TXheUr5rI4WC/YwgoEaesI0wm1nrBex7iYhC2kLjshAEbvBy2jGd+b2"
    "rRufB3NsAlivdLqJPXwzDv63ZS9trvozbLZVLYksLW1i1QeclgZfE5Ic3pInv5D5Gc4Pq/"
    "Hx8XyQJIFmDfLEAPT/mHzAb0CZM0PiByP5cZsJySfFXkRUtoXF06JOjqriLUU4OC5tSAUC"
    "f8za6j1cyYzGCtZkL5iziefPnFZwg9MH4KfnS8gqWNphRWdzajlo0e+SvgdO3s4R5dKMQK"
    "M3ALdpcc/G1h8JfLzzeiG4+YpUwP2fNwQLGbafhVV7P9CGHZjITB2HLbCTlCK+fjys3H4Z"
    "U3NPbKN3SUWLZ0pVsaYmC3a+YQpbRgV7mJo8tqUfEvSiVtQ3xlTHCsCYyTAN9yZsl4JL/g"
    "dSKgLYapZ9YPajpOYIOrwbC2tJXPvMV6Fj9w8tmJBmj2r5s3Su3vV3K4cLFP87YImiVbAn"
    "C/rATvz3jf+MHgrDfkLwDee6rNDXMNrLdmmlH+nDmauik1TbpytHRGiuZvN9UOyZCMgpV8"
    "BJw/VIRFhbw8oX41vCdhi/2MRhZ+5jXqXnmGbVcucF+DAJV4KLxJ6L1W1HpiheUE8CIpIy"
    "RIleNbVzlWY2Z8qX/Hgn/1lsxahFay5JXm19xpdftkUVFy2dqVbm0par+Vlg64o61GdZhY"
    "CtxVbugQf1qU8wmRSL4nX9QGqHYgZz+41RwnpBuF7FCHKithJziRkEUrCvqVS3/7Sw87bi"
    "LZeMftaCeC+9/71EeIPpqijPD6brYmApq/oBqiT+d4TPW1nylRm4j0ipBxEXNZ1BSyvLtT"
    "AQRxTKk1d3QAo4lGKDEmmqm6JR+NZ8x+5mK+qJG/FUYzjaXqKQ743NJhJBA6ItUJUp1Q6b"
    "noheoEMXKScGZbzn2CkzOcX1wWsZzzUjnRDQkHZt1gC1Nbq2WjSOJ0J+gttvuUJQuNsRXl"
    "6y2f9Wdl0E4QniDce3HOe7T43MoFUou64aVFEU8QSsSlO6RUIJRwh0yYnV8omp2eyXmvUt"
    "k1tRYUQGpO7AxrcbxIPU9Wm3iFVWfTo4Jy228gCWloQucLjayRbujIpsJhk/G5F7M6wtMp"
    "5jU+Y8RL+rnywfQ6wt9UGOujpFi2m2rBfNy/b7cGDTQiyzn0KWqNEJc9EO87vDLwEh3pmN"
    "C5QZx71NS56Ne/b3XU7u2tMBnfKb0vSq+BGEVzeBmHFB5EQY4biVr8i/zSkEDMiiUyM/8M"
    "YiKbOYWwNpnBE0Tpn8E/dWGQH+h0iuaUS468KB/C6tRyWmDkmafhKhprzGD81W5av7ZulM"
    "5Nw6tYE7VlSZh/1oJ3cWUQLy23C5MjY0ak0MgdKX1WRPrMTr++OVP1MaRir7lDVfzAwHXG"
    "YMMfjUPiDUXnl5f54+6q21Y5qJ0vCi8YPh2SYKh4R/F5pggXtftU1d7wSrQlME9ZJjafJI"
    "9rqk5j7mKsABcUT4bgzeIpvIbxmBlEHiHbKpK8YoYqN5D8p4uLH3/8dPH+x4+fLz98+nT5"
    "+b0fUZ68lRdaftX6AtHlkS6cDDcPrZTl8I8RyhbYtgUiDEKyDZRv/M4NnhhzzcyQwOIVxK"
    "cTh/jMreT42iVvPlGuW3fN9ruLz/Xz97HcyuGJPJ7jOk2XUwDpdFWOBDiREIQurUkp5WRA"
    "UWV+pjJqSbnt32krbcJtnZD2CstocUJpqop7voJMXTazWYhGbieW61ETdMAkwKX9alqRyo"
    "6zu270rkkM2YiPTY/PJb3W9aCW7MSHBria3XcjvuHBmwHt60QI3WIcVceFr9dz07DyEoXT"
    "BPESWJuDFvKvJbVB6QrqUBFwjwwbFK5EZw00mWmEv6bnJMOrJcyRLxw/GRGq78TtOPVAjU"
    "IVahuTp7SkQYd5sAguCiW8HtWhJv5kEwEjUwfHH3EDnkyQW1TkqhwhzQRnoLm2Rpr+DEMF"
    "gUZ3ZGNrPkKPFl25e76Kxzkvyp8+JMKNCKqI7BULfkduNdGdYqG+8vvEZqptXzeXZIV8LX"
    "al1MvW1uIFnaTIjdmsgk8gGa+4gAj7Q5E0ETFP5xSmOpmN0g6sbsoMKM7WVIdI3rSmmnGx"
    "Oc1ek9NfPYKT6a07y3M616wnbG+nv4jQSu1FpbUXYjUtv5NrnEzmCk4ZQyH2tQxbEiOTSo"
    "w0VOV2O29gcgJZrMSk5BWXq/kgTfH3epqTW8tp0FT1iXOzvkmHAibUedENbQYRBQToDUD/"
    "UEdPeOElKlzNDBODh5ntOL6x5RiqGGOL36JopTGkrbQ1mmiE/9mTGVoukpqTfT7oBVoHU2"
    "O2up0QlyDdzWh6XU3EAUU5qZ84AA8wNaytO3iS9pSY1wOrKxbaGvb5SrZA9lbBIZKT8CXI"
    "Y7j2sUewhScY8vVv7VsQppbSeeUY4IrwbSFzYwrjFjVGZnNugcG0RFS6PePt67BLEMytoY"
    "VlTCDjNIQUjMEW5NijBINl2L41Ch4KbNhYs1h63PnOapYbYVSQP8hmvZzWLSFKBgSnw/7u"
    "bg+s9XxMS4WQBxQnZ9f88aKAXfPHi0y7JtyS2w8eMp729KN6Bt3rXxpI/AyJMrhtIP5vSO"
    "4eBg/Ntnr7AAE6oZMhaXVulN8bSPwMSfd+0Op2Gsj5HZIeZ4UaCP7HF9XXiuZx3DvKDJIw"
    "zVaNVzE1bwzjIhBnI5xwwF9aFheO12UADtNUeXRsO80XmeWzJ/mEBz6epIb05CyhPsXpdd"
    "/dO+BPlsxYlOu+LsHpoftTAXB/ysT2pzi0BjNSLMXZyHrlTw/Y8yKs33k263eeYP083WRp"
    "H6AE4dv2BJLxTbufXiuil2rzVmD2P8HmVktRTIVv1/M0U47Vrrg50RQVO8Y+sZ8CQYFy6w"
    "yh3yzDtjERTsYW1nSkMTRy1SeOQ9SZAP5MvFtKAo59PeQlqqpKhjYd7T6i2fopoYZMArw5"
    "5NUnfHHMa9WmsJ0HvS4s/GzQJVMnJmVbgh2vQUYabwAd9p/YBmqPTgK8AeCZ8bhVrLxHJw"
    "HeALBJV9vg65JJeDfA+wyIlfTgCGhkWhMZZ3Jw6XIrvwvpblFRdwvpWvM22zpPR7TZDngc"
    "+qLa11Z/0O390UDuwZD0lPt2k19wfuG8z3FsKzdwyT2shpXvmGJQT4I9eJGCr1hWkS7BA8"
    "r/JQbXPnKKVEFPtLOMIrtToHbFt1xT4ik9EzrUWIl6nhqVirLwnaJwqRzGYeWml3kXHCxc"
    "xwNncxekIYvLqjayaQON5ryRjIVpgKteOAEwP9GxZa55k2SlNt7j06SKtfoqVtGs2y73Pn"
    "GlV/vrZrvdQPB/SO4fBg3E/1VkLbfX5va8lkdcafCVh173Xml2Gsg7GpLmncJnb7jmHVWl"
    "OSzjaSsVeEApDQ6bVFtik9YUH6q8nNMexZtWsATLbhK8TMY/SnQ41v/8fZWDgCPbk/pMS9"
    "lNSuOE+41HPA5eIyEtpQGdRPnV8ypWUQhKdLAd5P6TAumxCKRNZ//PWook6t2q54mg7v6h"
    "hZMsLtxdazS0oJY9paZBnRyAQsBbEWRr35C1NGFjUZFMMCjmBI25bQPh/mm5FHdevww2q9"
    "zsX8+RNOWepTuP95chUTIk6kXS+aD5e/OqrTSQezAkv3x4f95A8H9Iet3BV7XVazaQdzQk"
    "g17zpgWKwWbbuRW7MCR95d654x4Mydc+P+P/hkS5ebhuQmH18uKnBoqcVkMHYDAfvUTDX1"
    "FqYo1k+fOHCWOtPqZ0b7K/f+Ww09RVt9uOGDWvWvEsDQ93V0rv3XlMM5CUwIC3Muxl+k4y"
    "OREUUbLTC6TYy5yWFfOdnZkkM+j7KCE+dF4SBz0VZ60keZh7VKeA+14jM124xKdtAbNPd3"
    "pAfyyC9MdsqD8msLYon3LJo1p+IklSngLeB0905KJYckaJkZ0C8vsN9pbbi78RlzcRtrJt"
    "Q4dpZdbcKjezr04sqYKK00krT66Vx4drB0ae+3BdR4ntRrtCvHdVanunplBAX1H65Hxqii"
    "EiXKCeb44QHnFjp2zhCGORG3hCLY4Tb3vk7qrk+ps5sb2wLZFBxNZFjsnjO4ZMrD9iy9mu"
    "abyGZMOw2VKwL1MDUdjjiNc+5707Ler4cA9OsWP86Vlv3F7hgsdP/i1NHK+tf5cmjr1DHI"
    "oq8nt+CUgjRBJSuQvvm2V6o8tI8fETppIDKDaAQst52bk+QSmliVxpQgs8XV4oS4R8Zo6z"
    "024UJaKjtsAWvKHeuAOAB9HajrLzbsQ4OYArJbDdcbmkliKniev1PPEMJJpSUUphLy6NoR"
    "U/m4FYA+KR0Ip5O7+48fF1SMpk2KLwEwF/L7GZrSdNietzTU9xHTvA81JFsLho7gX6SxHs"
    "1ddiKYIdkN2ROTG2Dtkov4Ok3DwyP1pD5mDedw5mm9qaqT5r5nKrULgY+dvM9PS5cDScQZ"
    "4xA1Px1oAna5CY52M+0dhMHWumlppGYzPicXqJ9wa8OX/B8WIG2wrtCLXEOh9rqdx9O8rd"
    "4/BoqErznqRLQyUVkZX2abiDnz7RFmxGU4MrowXquUozuKQyt2w59dmUWk9owh+NbOqopl"
    "xlFdOesQ577/H+yZtvBF4G/+jDxkNjzIl4jdrUxpbwMNCN6RSDbJOtNtvHc2TkZeWmr7rU"
    "icnIy1dRP+wlSkkqznatOHNm+SSgOeEaPsVJ9NpDx2nIAAIph+UvsdKz/FTEsCq6KlRaCg"
    "vwT5HAIo2TLX35H1g8xY1HAWKPyzAIuQe8ArwUyeBHAClp3E2nQh4fqVltXljlkAxJ0xHS"
    "3vFSIzhS6ZS32eh7Log9GoQ5WXKgPgrSlu9kjpYLkOkcEu/RDS7jacIz3dPlgYu6Ia7w18"
    "Z6HRFqD4mek0XnzxpdEQiLFf3G0PF8QW0woKlPeJ1wf/gzKipESZ3SUhKUkuBRsSAlJMFw"
    "fy+KaJhGAipF64OK1uE3S8CcLQ3GyE4hfvzQEuFYY1jdxoElQXiCfX3HXixHokA6liS5cS"
    "awROdNIT2FyeMAM7VBFktb1Y1HLjSUQjxGd3pw7z6rTSB3lWHkolQvYOU2o30c6psEpOXn"
    "4TjZCW1muLPpWLeMqa3aMw7+jJopXXazW1VKFW/Tt6rE1gUWdr3+mGrYDJvTJPC5OSJT6W"
    "WqyBKpIqVR5a0YVRxd9ZYtHSWWeZmq1tAJK89rWSGYAdAPtNTsNuHb9XxLhFNQtbWSmW08"
    "yjqCrd0RtUCjP6FzTuEkvec1ZmanKUxcKLwxGj6c2O+A1yXzz1SCw5bq/b1DLBNo7BXUau"
    "7ueBLQHocvyhEC665/ZSZWTW4M1jhyx55jjq+I9d4dgOsywkfZZTendtFSt1m7bvavmzfK"
    "6zlKMTsj+aZ3q75BNLGL59vsEoxMg2Bnn65I2so5JXgNvkQjzxA5qoPIMRI7QI8ERXgv6a"
    "TUssvKwW1qMHPqY4kKEVvOQRbCoAU11+g9VC32FPOqF1Et3sXYS2+ObkkKT5DWVPo6SWGo"
    "4kuLZC6rCayUMvcAqpiTE3AW273No62yow2wJl9hY/v+1yH52m3ftDpf+g3kHbl7tXW+uH"
    "u0db4MyXXzvjVotoFIHAzJraJwGvg/JK3OdfdOaSDnd0ia17A3G7/tHsRX9CKW+t3v0PYq"
    "GYAqpv/fq+uUNk9PubnZphxQvk1Tcpm0PxXQgB0PxiVmfSExbNN5fcK32XdLuEFMMVZfsj"
    "VqmL7Cs3GNr4J3rX6/BTkRgmPY4fQadje95its8xb2Tr0dku7gq9JrIPFTjXVSZqk+mAJT"
    "JlI+tUTKfT6R4VqK0s25US8Ul6gyKFzGIYDROR5TfY14nZCneI0YxkITNplp5JEfatGIw5"
    "nBq1EdvotB8B/vajObCfWWhe2lRVgdjZc2ItRRsmU4ExzgwaCyG+G5ZpgiPlKEKYqgRgiG"
    "QiuL2vhnNFoyERklikCbQMoaC/NaxNvNND203Y4XGAnOELrOkWZ+juc10vkUlaHNS6rvxG"
    "tJ34bXnmLrUp13SFbZ6fWpTFw6nD5BldUi20ZwXBaJKeClsiM4LhNRBe5sVqbLhkhkPEFU"
    "+4ytuZGRiryY4BGtocqduPZrS/kNBArnd0iUm9agy8+d32pIGBEeINkmua7wCVrpBi/d4K"
    "V3dMINXprcpA/SEfsgvZL0bgPij+tamgDv3avnyfDMKWUUld6bCB4DeXx8r3zmbUgUbFwk"
    "RNUxNil5RJ5AKvYpAjnYxI+uJwtb8Bla54JbWsKhvT2nkKAswJRy8qtzxVJOPqDgITPSyI"
    "w0r95fZY7SSrWGlCPe8OIg5Yi3JUfc4flYcMSZ0oRboohMsVbnonCJrKUOox9m6xm4t3MO"
    "3q2yLuxu/BKhTpLQ9FSlW9aTKhnkhQtLAeHVuVcpIBxQQJDu2zJI+Jig9VeicsDGyKRTWC"
    "4nyEKKxhcygmGd5VEiu5ENjHWtKkVgZiSH2ZgUpngumCbsZq+7QY7CHeo7FlXxprFzhWg2"
    "ZneXCt0qTCOSXzvo+idztksN+e4gjGrIL4soyC+z9eOXKdsnm9Qqg65PcAoq8Si6eWlSPX"
    "A/ZWL7KQGt1H+fsP47wZy/FgNpce4rnYcUdzawkVCmICf5la7QfDmZOfb9wCGAzejS1NEY"
    "Q86LSCYNcOxneGJTcBCAhIHC519jswYaOT79whVfQ1MraxOkQz20kIOCF1cm+dpq8AiSrz"
    "0gG/aSoMwXBWQeyiu61ekPeg93SmcAWQq8YxGRKbyjnV+Iy4SsB02R8cDLkRCft17HZ1py"
    "yj64n4uA+zkb3M8JcJ21Iwnv5uDvgPLF0d9VA33n4d/SlUC6EkhXgrJCAJ4vYPvPWpoY4N"
    "3LFQSCz7Pd8oXVy44MgTTTpBMtcAHwNMfoCeOFpz329lT1colDsG9AKPjyf/S7HeFOPHKF"
    "kxHSLJymoz7cg6WiWwoEckWRiu49AyrZd+kK/ur9dS+u4MFSWwb4KNVJ9HLpg38srSFtEM"
    "XFj1BOqTQJJJpyKscaERQskVIcE9tag3nAiT/UH7HF3xA/Yy+9kF53T92Nu9KTh5evRuQc"
    "cpIMBEmHwNDgEaDxuh7NO87Fjq6l8zoMkUgIzTXrCdvfcbGEDyCo4x3/YB2rMKbqiGE+Sr"
    "jk/f3P/EEWnlBOCqNRPI2PTVOQgSijY1szTBa8hmEzBEpX/spYZ2iMmaHjBi/ocPOBQHQ2"
    "p88YzCaceGUZXO5zsyxpOhsSw4bap99UGNRB7RAQChkNAa7g47hgxWzvy/wn8I+DHaaD5O"
    "jUKSA+FDkfCv3JycU0JCK/Ehe8RCEG8ahcgCMUwRugFRfPnvgIIOK1eOtha8EbkSNiY9Nk"
    "whA0h0dz8C26QtojfG1h+44HeI139+Td+F7DcXkvSRE0ZoHaE3ti5RDHfYJ9IGSaeCl1Hu"
    "FqW8a92BsICUQzN/0Nkxxu9/V9yko73vH35E17Vw9/NBD/B8a8dhtMee02P/7a7XGaZlvh"
    "V/zjIbnu/qr0VHEFcrP6J0Ny0/q1daN0bhrIOxqSntLq/MrZN+VGDW6nXISSg4deR+3eqn"
    "6q9MQlSJQ+UEChDEZI50gkUhd51OHdOoNe6+ph4CaODc6GBJjMm17zN6g4OOY0D72e0rn+"
    "Q1V+5wOt84XXlbgkErp3+rf8W1sdkdTdOwnd6T4MQrf4Gcfwvt3iF8UPnLXgY27hgnM0JH"
    "dK7wskm3J+eZk/7q66bdV7k8jpkHTv4VvU7r3C3yJ04t/hQk5f8W+JM/+e8rvSu26FbnsX"
    "/BLNfr/1pePYeBOXQvXct3p/hGqBU2g/3hX6TrM5R9Uw+0Y5heggBgkvY5mJUOVJd9UZyD"
    "uxS3JpLbGm2LYpuODSKKaQvmkoKxFYdTzatjLqdpBb1K3xzSCXKEdR/mvJeW/DTgms2uzn"
    "EaaVef43OXpYRhoTvxlln1BCvAHiKcZbbVbh0b1NgIvvs1KJvWyOiV3YBuRX2ZGpaqDudU"
    "smV7271UwRkL7NyaLEbOzq6MtZnn0SaXUub/wkNK1XZ8PtlZdYl8ea0aWVxs8VUyIG1Ieb"
    "rmt3zc6Dq8IpoUp0qBrI+R2S1t290BM6v6Cg6/EDLhirzsaGoKSLXhmS+3aTX4f/1VAgOT"
    "azsgJ7mEjuJhBdUkMWuRJ8S4zsFOahaNf9WGQbjI/Zu2B8TGyCwR83NfR0g9CtSbWMqT5K"
    "FgN6CnTHB3Uex9J9uGor6L7HORfYZi4yyTs3o2xMT+EzY2w1BU8C1cLPBl4lsc7djyFOKr"
    "djKLEdQ9ztoMR8kkJ6guLQXnxFDbJY2qpuPGJWagqP050g3rufxEO+TSkcyCY3xRi19FOs"
    "nJ9ialuPU6aybG4zRibNFseWJPL4mHgZironYC1wo2WYlcQ1RianABnge/gA35RJdwcAN4"
    "OajnKm3YhudKUpgK032HcAbrktr+Nzw2a35QrAG5saKxWc3hJ6wlpKYIh7p54XE+JoGUuE"
    "g0wNEzuB4BAsIPag4rjR0M7ODbRwVBEQ0mHDns5CG2TN/fMFtmbagqEl0SlJiT3f43NS4h"
    "RkWPlrsy7SwV+KMscNKsxWJRENkUg40+AsG64fITpBveDF5WURPezlZc4m55cJ5xRqzdO0"
    "gjkw+xQniPHubb9zznvB8xMIZ/tJhEhOwUR5cFcJO9XbqqCnhJ3ub1Wpzl277ylib/mbBv"
    "IPRezSbat3B1f9wyF56Nx0O0oDOb9DcttstaGI8xvnvV9nkCwsygGclxkkIRI5SLZPXFHO"
    "ShClkmyLzAbyRq1svqZhy7aOke+gtY9oPju2xnbUR9u1dIRWNnOVm/k47JHHYec9TsNZFU"
    "0PlU6M61gYemJAZZgf4GZ9swVCteiqhBUCkg+JHStA6dNwsiZ5doK6l6IJjTHkomXeBYZW"
    "FiWPaGXYM+SkXhJZqUYiJdPIlSicvLQiXW26ZeKAz07NquQAxl/I7RGmQZwholm2TJL72j"
    "NfXVozDilyeZ0/imZmqiJ/rMg0RUlPaDGBFMfSK344LN8fCZBvQAPZUX5rIP5vSH7pdH/r"
    "NJD4GZLWl063B+pF9wCy+tw+9BWRs0kcwJXrbu/GueQcVUMLKaOKDuWQLlifMtpen+AU0D"
    "20rtdjLrdQr8vY6C0xtzmyZfD2yld50q8u2IEHYlnmOkEp3Z7TYpcDabOwxBijk5JLvlrM"
    "x2sHarHA8fM4kd2oFIt3rkopxZrYMiazWopGzL1Tz1OHaUGZTZqwbFh37OWaKQKmDu0UAd"
    "Btw5fpgyovSWcrfsB7PHVzjmypIkRyEjzBAXzZYFCVQNgtfoLonheK2D7Pidg+T0Zs8yfa"
    "OE0yBm11ppnbI4mbPo2Jjf4PmQY74mUqDVwAI5+/jbOyMU4BKrhKYxUOuZj9/f/6HO6N"
)
