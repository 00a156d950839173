from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

# Raw SQL: bars are read as arrays, never as models.  The key is ready for monthly partitions.
UPGRADE = {
    "sqlite": """CREATE TABLE "daily_bars" (
    "instrument" INTEGER NOT NULL,
    "session" TEXT NOT NULL,
    "open" REAL,
    "high" REAL,
    "low" REAL,
    "close" REAL NOT NULL CHECK ("close" > 0),
    "adjusted_close" REAL NOT NULL CHECK ("adjusted_close" > 0),
    "volume" INTEGER,
    "source" VARCHAR(40) NOT NULL,
    PRIMARY KEY ("instrument", "session")
) WITHOUT ROWID;""",
    "postgres": """CREATE TABLE "daily_bars" (
    "instrument" INTEGER NOT NULL,
    "session" DATE NOT NULL,
    "open" DOUBLE PRECISION CHECK ("open" < 'Infinity'),
    "high" DOUBLE PRECISION CHECK ("high" < 'Infinity'),
    "low" DOUBLE PRECISION CHECK ("low" < 'Infinity'),
    "close" DOUBLE PRECISION NOT NULL CHECK ("close" > 0 AND "close" < 'Infinity'),
    "adjusted_close" DOUBLE PRECISION NOT NULL CHECK ("adjusted_close" > 0 AND "adjusted_close" < 'Infinity'),
    "volume" BIGINT,
    "source" VARCHAR(40) NOT NULL,
    PRIMARY KEY ("instrument", "session")
);""",
}

DOWNGRADE = 'DROP TABLE "daily_bars";'


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE


MODELS_STATE = (
"eJztXW1z4ji2/isqvtyeKiaVpJN0L7N1q0hCutmhoTeQndkdtkBgAd4YifZLaO7c/u+rI9"
    "tgyzbYvMU4+hBiSzqy/RxZPm86+rM0ZRoxrLOqo+l2jdrmolRBf5YonhJ+EFNbRiU8m63q"
    "oMDGA0M0x9CuR3hDnYgaPLBsEw9tXjnChkV4kUasoanPbJ1RIGlRgoYTTMe8bm7qtk0o0i"
    "myJwRxSmpxYt6Sn2MbTbFGkG7/gih5ISZyZhq2iVb2TvndEH56BtfV2JBfWKfjw13Cofo3"
    "h/RsNia8J5Nf6I9/82KdauQ7f3h++keJXwlTu6drQGA5g/+QoX9mkiEzNaL1sF3idFJbfk"
    "vMjGsJl5g990Y6MbQQp9y2orxnL2ai7Ompfv8gWgIkg96QGc6UrlrPFvaE0WVzx9G1M6CB"
    "ujGhxIRnD7COOobhsdovclHgBbbpkOXja6sCjYywY8AAKP115FAXao1NsU7PnolJiXGma9"
    "YZJXP+uP/r3WiAqNdrtjq9dq3T65UiowduSOK2VzRkFEaeTm1gxZ8/3H5X8IjSElzg7nP1"
    "8d37m58EIMyyx6aoFOCVfghCbGOXVLB1hXmIZWmhDxHtkwN+wYoFq1fOh9MHLGcQryANDv"
    "y0iAZpdgDUG7CFwxOuG0HzboLNRDQ9CglLfnMnOCxLU/y9ZxA6tif89OP5Glj/UX0UyH48"
    "F8gy/uFyP2tNr+ZSVIUB9mf1Z/58WWCW6RTYGcDONj+EqdSUK4E6ICNmkiigHfLdjgd0Rb"
    "HVqD2dibZT+70DPU8t65sRHJzvvlR/F9hOF15No9X85DcPDOa7RutWnpJHNjGzwL0kUGhn"
    "RzsoPUfnDHt4z5Gz9SmJh16ilhigebRn/kGx5pBO/Uut3al++Rpiyn21U4OayxBD/NJ3N9"
    "J0vuwE/VbvfEZwiv7VatbkiWnZrvOvEtwTdmzWo2zew1oQE7/YL/oBCtHoOSCeQ8EAD5/n"
    "2NR6kRp2yZLaRquml1O5BFM8FkwCNOE+PQ35b2xQilGcobi8TmP+DxtkUJR56zOE+pirsN"
    "OZbfXRkDmcj0KVtWxs8kNMNTQidEisCppPGBrpVLcmxEJz3Z7wWsQMjWuy1JkO+D/dQiYZ"
    "OVaS2nzoC6ZRovl1bPFmabxlrLbM5vyV8475r2hgOrTH+F31nokwWri9KP1Z6c+nNxFnEO"
    "aCr0JaRIM0Sn8O45lVrVPqXAZ1DptjZ0rgYlmk4SBRIWA+tki8/KBGB3WNf6YF7HV+h5h/"
    "PqPKtE98POhLf3+qPdXuM37bPKoKcv936eNTs1lvfqog76BL2093d7XaPTRaHnbpQ7XegC"
    "L3f5feVZt3tYYoWh7KwlKa9+cqzftzlfz+XEXenxdiWrHWvTpNeHkCFBL/+D0fin8Xh5qe"
    "xnAHP19eXH24+vj+5uojbyLuclnyYQ3i9WZHgnNmMvgSxMxGDwbDCYgGiSRIR0B1KFDPz8"
    "6PPx3dt55uGzX09bF2V2/XW82wCigqhaz9zdBtAcFjrdqQJ31Pl8gwaoMkxxu2h8J338NW"
    "1nTSiioyXRGsS+EZ9/I8zZTLWyXOuaIuDPcQPotGzyT8gS3AJQL5LWMGwTQe9ThyCfkBpz"
    "/UoF6WHHfiuG21GiE55rYuCypPX25rj+8ufgpPIDHDnVhw1xkkxhVFEYb4saXFEdYNxyQc"
    "Ty1BaIxHXaYrAvaHVoh8zKZcoMDjTD6ZGNIiIH7s0T40CWCznbcgTKycBblzFgQ57VmTs3"
    "N5Rag4nGsOCwfFtu9ymHgPnD6hifXUGM2lbYv0HGrrxhaclqgVq/PMas+7uOVLLVErVueN"
    "1Tnx5rdtZhLtQRcPHXHqB2rL63z7I94ig3PfmRkMa4iNEIMzi5hnCHUmBA0WNrEQNgkaMY"
    "dq/Bz877qJ2p+rP19e38S77nfrLnN0e5wP3ppg3p9yuiun+wmKu6fhdC8moOJ/BMxkW5Pf"
    "vhDuYMmGfX2dxoZ9fZ1sw4Y6ycrBKH+jbReoDDjLdAXE+yKVz+Bijc/gIuozsPT/i8E50d"
    "/lNz+er+uQ8O7Z3eUJFRlG7YqigOP15irFcL25ShytUKVMoErDOrKG9UhG/EEmHfZMaClG"
    "xwrVl9dpWabbkqsqvGkGdcujQ4Ku7GlBvg4EapMOcc7ku11xVwrzIygixgiCmC2hAyKOLN"
    "eOCNesnix+Cu503pVjc9XKRBhZE2baaMxvhsQraa9xE6lirokFcUKefEq+z3R+m+sXIGv6"
    "mFgxU0byvLyi2M+8vFmbO7lZOVmN0y3L2XaSDtGqOTp3c3Twaxx497IzOkysOJ1rTsOimO"
    "3YHKBUJu08szj8WU29fjlEpYxF/MsYkWIjGEcBfuDCkj6mv5JFJMJdwtS38696Ok1gV6Wr"
    "19rE86XwJo0sfuAmuBEMqLbvqve10o9X8sB42Me5X1ZsSdYKvCfLoA9YfGz8rHMhHBY0gr"
    "A9wlPdWIAQjg0jLKlbbrKgETMMNkcjk025VB4v4e/ebZd2aX/1Je+D5A8dEdEhb0/Zshs+"
    "kohp/YL6JnnhPWp+e4vYnl7g3QYFKnFRuJPAfc2Z+Wyl1hPArZRFSVAOH+XwycPMuKvDZ8"
    "afekthLUSrRPJcy2vetLp99ogwueJ2rrmtVO23wumVdLTVWx0kVgp3nhkdkE/TSj4BEiX3"
    "rFe1Aao96NlPXjenCelGJTswoLJq2BFJJODlktYcevQPvz4SAydkcEzwrRUE9x+HtEeIMR"
    "pjjPDHbrIlAtif0gzRZlMyYNpimToJD0W+JUjBRLguaghd3ktdDFGdI2ZOXRtAf4gpo/oQ"
    "Gz2v5Vh/IdYvXM0XPfK7ImiCrVg7xRGvmzmuFGJJlTlBmRNyPRftaE4Qb04UzmTP+ZKgcI"
    "7zy+s0nnPeak24YySiSdOtmYEXvaxhpTJdAcPH9r+GeYYta87495bP+pMsaEcICwj3QTJS"
    "jE0+t3KF1GTeepO0iEcIFeIpc4CoEMkCGxAyhEhG3M47qmbFczkfVCt7ICSsEATLy2vX5v"
    "EWKbWyKuItCJ6Co/Sbw2xiuV5UEXTJ9RpIhEs1q+LtMaMl7i0jwjVd363bD/RI8HCCbH34"
    "HFXLjnVh4WAOrILul6EnfmUDwQxUBuVPVMCVKfKaigVMfYQNUAineIGw9gJ2HrF7Tt8m5p"
    "Trgiabe4mAxeXcG/U9zqIHeKIu9RMIg+7pdRNOHwz9ZU8enKg4vu4CoxzJ2/tKSpisL5IZ"
    "G8bIgcm64pJA6Yny0hdIGuaZUqVvjD5OXk0UoCpM9ry/XF6+f//h8vz9zcfrqw8frj+eL9"
    "cVRavWLTC6rX+CNUah4R2z6CgpqAxEvbVRe5tkvGINZpDZItBx8hhj0Zrx6hMUZrTubfHb"
    "FJvPxN5O7wjRKrUjd2pHyGIFX9Ps6X1lMrWANOYdCoivWcQSiUwlyo9DVeVgegOTE+hiGS"
    "Ylv7n6mnfiwileJ74eLCQPpsvQWPOJW1neZEPpjaBdSktKJ2SAALsB2B/K6JnM/MWq84lu"
    "EGQx13CBkeUMoAvYOgg2F5pjC+E5XqAhpvzPHk6QM4taTg55oR2sDga27N52SlyEdD9v0+"
    "taIo6oyin7xBFkgJFubj3Ao7RFEl6PbK6Y4QUkf4tyIDl/dICkEF7AdQLXgfaZJPrLDvtM"
    "BqmVdp47ATgnchtE05pi/6s4wS1Qu1Zy05ftMkQm2hPOX1dcgoA+jGamPoSsI313b8e+54"
    "8SApZuL71RcFEQwwbYtOJjD/fW8w6ymQolPH4oocvdDKrkiqA44u/+EqMtpgOWKYxwRVE4"
    "v+b7yxR+zfeXiX5NqFI5KY8ZU5W80+bmTQlPYdfNUrvTuvu1gsS/Lq11HiqI/3RpvXlf+7"
    "2CxD/583hMF35wIaQbqJFluAdpirDxjIRxGoiTEY7EDzqmydXcTNu1BWnyPM63nbDTzNfJ"
    "03Uk4yoZ2ixGtFjzMVxSFG/4HmCnKs9ckzksIkL4toMjmGPGWcrWDNMlRQEngf2M05yo6g"
    "3OBcv+O7ghSjG6erC6vE5Zdx0Z6T0shujY9X+INEMUrfR9rlT/Zuq2TagIJTUJ1hBXufue"
    "RunGiJwJ4M/EvfXjvSuHuMgu2vvy2hkXpkUIj6vT59Skn6yyC8tMFODadz4s78lQn2Ijwb"
    "7sE8rzvUt05hGf4BS2bsav3dW/VBvvLj+WL86lnU2Dkrm8DzV50Zlj9YYGs7YEW+5hZ9Rz"
    "Jt/sHXRIy7QN1D6dAngDwBN9HONm3QywT6cA3gCwwebb4OuRKXg3wPsCiGV0aq9otrJX5w"
    "xSFXr/6izIpl1u5YpWHuiceqBVtMHb5PU6G9Fm18hp2ItKn+vtTuvxnxXkHXTpY+1ro8oL"
    "3P9w3uY4Nmr3UOQd5sNdckrL8gohHuxk4IszGkU516Kkw/hP5OWKX7cfDrw5RTvRxjR2EU"
    "tZKJkdfyU7j/W7jpTNbicDatXNQlaKMZ76VeV1hlMvi1nqZf4zbNrClolmzLRHzNCZuwod"
    "NmFic4ps/B2ZjgHpzcRy9lUzN2zJ4w0EnMet5t97/yrc6fjig8qc9voQq6AcFZSzJ7mzU/"
    "29etuoVZB30KW/Xp1fVBD8cpmz1fncqz9WucjpHXVp57F6X+/UW81qw62SCrq0Xfvq1ngH"
    "Xfq5zc/4T5fW7p/uqtC4d335lwoKneZDmtWtJXpReZYxg2Ca8JEIEUpcHzB2MN/OsuS409"
    "Rtq9UI6ZC3dXmdwNOX29rjuwvJxhi1cal8Ym9FmV+KdBnFAJnusJLAafipI2pgDMxRjDOn"
    "J/8a7Osksd2o28mjK41qd7Q4mi/YfC7F6ICivLxOAYRAk5Ta32/uKuCAYsY1rjk/myBeAa"
    "tNhCvdX07seRjKSGS2Fo2fKahwIkMaNIdri/Ip1mK0wSNcL0Y7/CPCad9V8m+lOL62VqMU"
    "x4NDrLyKe/AqZk9LpDISrV+5pZYDHHo5gM1sbPResOFsFU8nkb/NWJmPqUNldPpCLFBJtw"
    "Y82oPCfD3mQ2xNegNs4FhH5GbEZXqF9wa8uXzB8bL0mIzfKdAOUSus12NtkiEztR2iXYLU"
    "ykCmDGSFYW8hLWSvAe5pm8hWDIixk4W4k2wsWz5g+ngJnwIytXg63nJ3ej+8CSxYEN/gLR"
    "gL7E0QGyKxhy5j7V4ib+tySzkynTEbtKfeM1lEbF/SDnRhUrUbnTKN5Xwu29E0FhzvaREN"
    "0ihAVZDKUYNUgncWgTk546FEVoSsD+sUgUMkPRxA1u5trJcRwgKO9T2bME/E7J7n3NshG6"
    "UkBGYYvDGkRZg8jjBT63Tm2D1NH3O5PRPiEl3x4L5Jk2HqJjnF1E00x5SKKSuwySwnOW6+"
    "8kdxYY4xO7hV5fVGB9EopcmhRQkydOomnAnq/RU0ZZQsIDFs35cq+mXETNTnA862+tEUNR"
    "Hjwz47hx0VRZYc3p8V6RBZzhTZDBFwExgLdA5du/sjet2LtDl+oXTTmxd9RKN8Bow9K8OF"
    "Mlyc4GycQc9WroMDAestpMsIa5hKgSrrzjAnx8rAm5fW+LR51ppLd9X25wqC3y793Grc15"
    "uf2hXkH3kLaZqfvAU0zU9delf9Wu9UG0AkDrr0oVbjNPArf69fZ3HMq0Rq5Vpx2bOVA0/9"
    "db1ZQypWlCqcQh7fshYureROLfntMVni6WCcYU4X+sA2g3dJ+DbHboY0XAE9KqvwHKFUi6"
    "jWhogEAIvinDlIpBPu7STx3RglEh1juYoTCfIgxmQjsSjZbBN4zAymG/7dMBdgDYFgDoNo"
    "Y2LyOyQvxETu3gFa2Tt1EdPijTTZuwFzTN+VD0QwyRwWX0HAq0+ABoty2L5zhlDL1Hgf+m"
    "p5FbH/x0Jg74Q+3vEH1kgPTKDlZWTKT7+gfiDcUFzMJNgQVFkWZXmpgTgzo7Wbw1dkitWt"
    "puhd/sYnEStrkrImFVk/T87q9eZSeu3N6Vr4dCK3T/+sIP4DSUAaDcgA0mh06V2ryT/7t0"
    "+Q6KOCgmddCu6h+8fqb2D2WB1Durt/1B7bUOof5cMCEv4cpF07GaZ608snLWLbBhEf2Kwo"
    "xpC+aSiVIeNQH79vDpcMdDvGzrnZlhGkVeaMDeaMHOynUXSIR4RsZZPz6d4mwOnNybkw2Z"
    "/Sh2yr5aYqRcCBPU+UxQljyeHjfvsiuPSOHTeeg+DbfI/t4kXf5hvv/YffqjXrxQ7AjeX1"
    "IGYqS9ZCJTKlg55a1NlpeHhViOQRgDXB4WgRKyOuEpmaAlTOiuPnrIiZdPcAcGCLjpOcaT"
    "eiG/7SpMDWf9n3AG62YBp5bjiJ/WakqTFXcTRVYurDSSkmhMarKa/dl2bVZlPcTDKqe977"
    "JdGnHfthivFmeyzcLTAj967s5AiMxOXZyXp18vrsIqjUl9fXaUwY19fJJgyok3QC/lJlQN"
    "hrXkB0L1IZiC7WGIguogYifkU7dje0v7VbzQQb84pENlLoQxv9PzJ06xQjX9aAC2Cst4jK"
    "xk9J0IUObnfdxm7Xj9mP/wJGdNM/"
)
