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
    "eJztXetz4saW/1e6+JJJFXGNnfFkwmxtFbblGW4w+GKcxw23hEANaC26iSTMsHfzv+85LQ"
    "m9QcKABe4PNnr0aUm/fp13/6cy5To17bP6XDcchTnWslIj/6kwbUrhIOVulVS02Sy4hxcc"
    "bWCK4hqWUykUNKi4ow1sx9KGDtwcaaZN4ZJO7aFlzByDMyRpM0qGE42N4d7CMhyHMmIw4k"
    "woAUpmAzGUhHPNIVNNp8RwPhNGn6lF5jNdc6he9U7hbSicnuFzdT6EBxtsvL9HzJnx15yq"
    "Dh9TqMmCB/35b7hsMJ1+g4+H0z8r8CSNOaqhI4E9H/wPHfpnFh1yS6e6qjkVoIuVhVfiVl"
    "pJfMTsSR0Z1NQjLeWWFddVZzkT1x4fGze3oiRCMlCH3JxPWVB6tnQmnK2Kz+eGfoY0eG9M"
    "GbXw20NNx+am6TW1f8lFAS441pyuPl8PLuh0pM1N7ACV/xrNmQu1zqeawc6eqMWoeWbo9h"
    "mjC/jc//ZeNESkqq12V31QuqpaSfQefKFYa3uXhpxhzzOYg03xn7/degN4xNUKPuD6a73z"
    "7seP3wtAuO2MLXFTgFf5WxBqjuaSimYNMI80WV7oI0S7bAH/QtAEwZDz4fQBKxnEAaThjp"
    "8X0TDNCwD1OuzJ4YnPTaB5PdGsTDQ9ihiW8HJH2C0rU+2balI2diZw+un9Glh/rXcEsp/e"
    "C2Q5LFzustby7lyIW1GA/Vn9Cb6vCMxxOgl2AbCLzQ9RKjnlxkAd0BG3aBLQLv3mpAMaUG"
    "zVa49nou0qv3ex5qlt/2WGO+e7u/rvAtvp0rvTbLe++MVDnfm62b6KT8kjh1pF4F4RSLSL"
    "ox3mnpNzhjO8AeQcY0rToY9RxxpA92jP/IPTmkO6jTvloVu/u480yk29q+Cdi0iD+FfffY"
    "xN56tKyG+N7leCp+Rf7ZYSn5hW5br/quA7aXOHq4wvVE0PY+Jf9i/9jQLR6CnEnuOFgTZ8"
    "WmiWribu8AueVTZ5a3oxjV/RmDYWjYRo4nt6EvI/+KCSIjjj5eo6ifl/+KCAoAylzwjpay"
    "DCTmeO3SdDPod2FKKs7WgWHGpMJyPKhtSukcWEk5HBDHtCbbIwnAncJdzUQZJl8+kAfgyb"
    "WHQ0t7PE5n0/MI8QDc9xxMjSoWSqtMwXMOS8Y/gvClhzpnJ4K/WJCqWFW4uUn6X8fHwTcQ"
    "FmLjwU8iIappHycxTPomKdFOcKiHOaNZ5PKT6sCDccJjoJmA/NEq8W1GSnVmCZFrA34A01"
    "WD6TwrRPfDjoK/98VB6Vm4Jrm0dVI+5vj3UeW61G60uNeAc99vB4fa0oN1hoddhjt/VGEy"
    "+5vz12XW9dK01xaXUYZ5byjJ8PecbPh+zx8yExfp6pZadq9xosY/CEKGLtB++8r/Y739f0"
    "NMY3+OHi/MNPHz79+PHDJygi3nJ15ac1iDda3RicM4vjSpAyG92aXMtANEwUg3SEVPsC9f"
    "3Z+8NPRzftx6umQu47ynXjodFuRUVAcVPw2n+ZhiMg6Cj1ZnzS92SJAr02THK4brsvfHfd"
    "beOSTl5WJU53Ctql6Ix78T7PlAulMudccS8K9xCXRVO1KHywjbgkIL/i3KQaS0c9jTyG/A"
    "Do99WpV1cOO3FctdvNCB9z1YgzKo93V0rn3fn30QkkpbtTG9+6AMcYUJxCFz80tzjSDHNu"
    "UcBTz2Aa01GP050C9vsWiHzMpsBQaONCNpkU0lNA/NC9fWhRxGY7a0GUWBoLSmcsCLe0p0"
    "0u3soBoWzhUrewMFBsO5ajxDto6SOaWI+toYHbtqk6Z45hbtHSMWrZ1GVuas+6uOWgjlHL"
    "pi5bU5fEmv/gcIvqt4b46IRRP3S3us62P4ISBYz785nJNZ3wEeF4ZlPrjJDuhJLB0qE20S"
    "xKRnzOdDhH+7thkYev9R8uLj+mm+5fVl1h7/Y0G7w90aA+aXSXRvcjZHePw+h+moCK3wSY"
    "2bomv/xJmINjOuzLyzw67MvLbB023otpOTiDEe24QBXAOU53gnif57IZnK+xGZwnbQa28b"
    "8pOGfau/zih7N17RPeHZu7PKaiQK8NKE6wv378kKO7fvyQ2VvxllSBSgnrwBIW9CLtF5oa"
    "bOzfqq6TrQR7+0SXOeWrOnE52O9sgpQEKKuEsqG1nEHPIyAGUYuIy24YsAHlqGU8w72Rxa"
    "fC39lAlyjol1gn1GNT6OtOUvba76M2y2VS2JLC1tYtUHrJYGHBnJDmdJG9/IdITnD934+P"
    "i2QBJAuwbxagQ0fwIZMuf6IsjQ+I3F/LDFhuSVgVoWgBjatHRwRd1VOE+mpQ1JwaGOpEvz"
    "lVspgYwwmu1bZQ/hLAE5ZfekbIow2n6EcHFcwdMuK4utsTbjlkDK9A07Wzh3t0rhAraqNb"
    "sLfk0G8zA15ufb4R3RhTO2V6yJ6HA4rdTMOvuprtRwjLZiQM255vOyFHaOV8XLr5OLzyhs"
    "Ze8YaOEsuWLnVLYwzsds0copQW7DI3cXRZzSv+RamkbQhWxgTHmsA4CfAtMEvGmP1Cl4mA"
    "thimvlk/qOk4gQ2uBsPa0hYr5i3Ws+DAzWcnGqD+cF2/USp/v5LDhYd9mrdF0CzZEoD3ZQ"
    "V4fxv6xg8GsN6YvwB575E2Ncwlst6aaUb5c9vV1I24afKFq6UzUjR/u6m2x3qsH6zkfeT8"
    "sSIqKoTyjK+qgZ5ELfsz6Vv0GWrU/fI2dTy5wHsNhlTiofgmofdacOvJzi0noBdJESFBqh"
    "zfusqxHDPjS/07ZvDVWzJrEVrJkpeaX/Om1e2TRUXJZWuXurWlqP1WWjrgjrYa1WFiKXCX"
    "uaFD/GlezidEIvme9aI2QrUDOfvRq+Y4Id0oZIc6VFEJO8GJhCxaUdCvPPrbXzrUdRPJxj"
    "tuRzsR3P/epz5C9NEUZYTfd7M1Edj8OdUQD3xKB1xfrjIlakORXhEzLlKQRU0hy3s7FWAQ"
    "x4hbU1cH0B9qjDNjqJmqV3JsPFP7M4j5okZ4K0ommp2qpzjgcwuHkWDoiFQnSHVCqeeiF6"
    "oTxMhJwpltOV8RnJzh/OIyj+UcSq2Jbkg4MOuGPTO1pVo0iiROd4LeYrtPWTLTbHvBYb2F"
    "WX9SBO0E4QnCvRfnvLEFcysIpBb3wkvzIp4glIhLd0ipQCjgDpkwO79QNDs9k/NepbJrbs"
    "04glQfOhnW4niR6jpZbegXVt1Nj3LKbb+hJKSRIZ/ONLYkuqEThwuHTRvmXmpXCR2NKNT4"
    "TAmUXOXKR9Nrn35Tcaz3k2LZbqpF8/HDfbPRrZE+m0+xT3GrT0D2INB3oDL0Eu3rlPGpwd"
    "x73NRB9Hu4b7TU9u2tMBnfKZ0vSqdGbE6m+DIuKT6IoxzXF7WsLsKlHsOYFUtkZv6MYqI9"
    "cQtRbTjBJ4jSn9E/dWawH/hoRKYcJEcoCkNYHVluC/R98zReJQPNNmx4tZvGr40bpXVT8y"
    "vWRG1ZEuafleBdPBnET8vtweTKmBEpNHJHSp8lkT6z069vzlR9DKnYK95QFT84cN0xWFuN"
    "xh7zh6L7C2X+uLtqN1UAtfVFgYLh0x4Lhop/FJ9n8nBRu09V7Q+vRFsi85RlYluRrOOayt"
    "OYuxgryAXFkyH4s3gKr2GMM4PII2RbRZKXzFDlBZL/fHHx448/Xbz/8eOnyw8//XT56f0q"
    "ojx5a11o+VXjC0aXR7pwMtw8tFIWwz9GKFtg2xaIMAjJNlC+wZ0bOjSmmpkhgcUriE8nLv"
    "GZV8nxtcu6+US5btzVm+8uPlXP38dyK4cn8niO6zRdTg6k01U5EuBEQhA+t4aFlJMBRZn5"
    "mdKoJeW2f6ettAm3dULayy2jxQmlqSru+YoyddHMZiEauZ3YWo+aoAMmAS7sV9OIVHac3X"
    "Wjd01iyEZ8bDowl3Qa191KshMfGuBydt+N+IYHbwa0rxMhdEtpVB0Xvl5dm4YVSuROEwQl"
    "qDZFLeRfc+6g0hXVoSLgnhgOKlyZbtfIcKIxeE3fSQaqZbYrX7h+MiJU343bcevBGoUq1D"
    "GGT2lJgw7zYBFcFEp43a9iTfBkkyAjU0XHH3EDn8yIV1TkquwTzURnoKm2JJr+jEOFoEa3"
    "71Br2idjiy+8PV/F49wXhaf3mHAjwioie8Wi35FXTXSnWKyv+D6xmWrb180lWSJfi10p9b"
    "K1tXTGhylyYzarsCKQjFdcQMT9oViaiLhO5xSmOpmN0g6sbsoMKM7WVIdI3rSm2gaxOc1e"
    "s6a/+gQn01t3lud0qllP1NlOfxGhldqLUmsvxGpafCfXOJnMFZwyhkLsaxG2JEYmlRhpqM"
    "rtdt7A5ISyWIFJyS8uV/NumuLv9TQnt5bboKnqE/dmdZMOBU2o07wb2nQjCgjUG6D+oUqe"
    "6MxPVLiYGCZFDzPHdXyz5wOsYkAtuMXJQrOJttCWZKgx+HOGEzKfJTUn+3zQC7QOpmY76n"
    "ZCXIJ0N6PpdTURBxTlpH7iADzAyLC27uBJ2lNiXg+srphpS9znK9kC2VsFh0hOwpdgHcO1"
    "jz2CLTqkmK9/a9+CMLWUzkvHAJeEbwuZG1MYt6gxMptzCwymBaLSnQm0r8suYTC3RmaWMc"
    "SM0xhSMEBbkGuPEgyW4aysUfhQZMMGmmWnx53vrGa5EUYJ+YNs1stt3QKiZEBwOuzv7vbA"
    "Wk4HvFAIeUBxcnbNHy9y2DV/vMi0a+Ituf3gIeNpTz+qp9u+/qVGxE+PKd3bGoF/PXb32H"
    "2sN9XbRwzQCZ30WKN1o/xeI+Knx9r33Ua7VSPub491gBWqEfwfX1RfK5rHde8oMkjCNFs1"
    "XsnUvDGM80CcjXDCAX9uWSAcL4sAHKYp8+jYdprPM8tnT/IJD3w6TA3pWbOErihOr/vu3g"
    "F/OLeNWbHu6xGcHro/5wD350xsf45Da9hGiqU4G1m//OkBe56H9TvPZv3OE6yfr5ss7AOU"
    "IHzbnkAyvmn302tJ9FJNaAXb+Sfa3Copiqnw7eo6zZRrtctvTjRFxa6xT+ynwEig3Doj5D"
    "fLcBzKhJOxRTWdaDbpe+oT1yHqTAB/Jt4tJQHHvh7yElVVKUObjnYf0Wz9lFBDJgHeHPK6"
    "InxxzGvZprCdB73OLPps8LmtDk1ubwl2vAYZabwBdNx/YhuofToJ8AaAJ8Z4q1h5n04CvA"
    "Fgky+2wdcjk/BugPcZESvowRHQyLQmMs7k4NLlVn4X0t2ipO4W0rXmbbb1Oh3RZjvgceiL"
    "Kl8bD912548a8Q56rKPcN+twwf3F8wfAsanc4CXvsBxWvmOKQT0J9uBFCr58WUXajHY5/E"
    "sMrn3kFCmDnmhnGUV2p0Bti2+55sxXeiZ0qLES1XVqVC7K4neKwoVyGIeVm37mXXSw8BwP"
    "3M1diEYskFUd4vAa6U+hkYyZaaCrXjgBMJzo1DKX0CRZqY33+DSpYi2/ilU067bL/Yq41K"
    "v9db3ZrBH832P3j90agX8lWcudpbk9r+UTlxp85bHTvlfqrRrxj3qsfqfA7I3X/KOyNIdl"
    "PG2lAg8opcFhk2pLbNKa4kO1Lue0T/GmFSzBspsEL5PxjxIdjvU/f1/mIODI9qQrpqXoJq"
    "Vxwv3GIx4Hr5GQltKATqL86nkVyygEJTrYDnL/SYH0WATSurv/ZyVFEvVvVdeJoN7+obmT"
    "LM68XWs0MuOWM+Kmwd0cgELAWzDiaN+INTdxY1GRTDAo5gaNeW2D4f5puRR3Xr8MNivd7F"
    "9dI2nKPUt3Hu8vQ6JkSNSLpPNu/ff6VVOpEe+gx3758P68RvB/j3Xa3a9qo1OvEf+ox7qd"
    "+k0DFYP1pnsrdqHHHpR794530GNfH+AM/vWYcvN4XcfC6uXFzzUSOS2HDsCwV+glGv6Kc5"
    "NqLMufP0wYa/UB53uT/VdXDjtNXbXbzYhR86oRz9LweHeldN6dxzQDSQkMeSvDmafvJLMm"
    "giJKdnqBFHuZ07JivrMzk2QGfR8lxIfOS+Kip9KslWQd5j7VKeC+18hMDy7xaVvAvKI7Pa"
    "A/5kH6YzbUHxNYWxymXDZWi08kScpTwPvgiY48FAvOKDGyU0B+v8HecnvxN+LyJsJWtm3o"
    "MK3MmlvmZl6pEwuqoOJ00sqz1sqzgmsHRp77cF1Hie1Gu0K8d5Vqe6e6UEBfcf7kfmqKIS"
    "JcoLreHCE84gZu2dwRxiI38JBbgBO0PfF2VfL8zdzYXtyWyGBi6yLX5PGdTUyqj6nlbtc0"
    "WGKyYdxsKdiXqUY47nEEtU+hd6dFHR/uwSl2jD99643XKzzw4OTf0sTx2vp3aeLYO8ShqK"
    "JVzy8AaYRIQip34X2zTG90Gck/fsJUcgDFBlBoOS861ycopTSxVprQAk+XF8oSIZ+Z4+y0"
    "G0WJ6KjNsQVvqDfuAOButLaj7LwbMU4O4FIJbHcgl1RS5DRxvbpOPEOJplCUUtiLS7PJAs"
    "4mKNageCS0Yv7OL158fBWTMhmOKPzE0N9LbGbrS1Pi+lTTU1zHDvC8VBEsLpr7gf5SBHv1"
    "tViKYAdkd2ROjK1DNorvICk3j1wfrSFzMO87B7PDHc1UnzVzvlUoXIz8bWZ6+pQ7Gs5gz9"
    "RGU/HWgCdrkJivx3yo2RN1oJlaahqNzYjH6SXeG/AG/gLwsg17K7Qj1BLr9VhL5e7bUe4e"
    "h0dDWZr3JF0aSqmILLVPwx3+PDBtZk94anBltEB1rdIML6m2V7aY+mzErScyhEcTh7uqKU"
    "9ZZWvPVMe996B/QvP10cvgHw+48dCAAhHUqI0cagkPA90YjSjKNtlqs308R0Zelm76qkqd"
    "mIy8fBX1w16ilKTibNeKM3eWTwK6JlxjRXESvfbQcRoygEDKYeuXWOlZfipiWBldFUothQ"
    "X4p0hgkcbJlr5WH5g/xY1PgWKPxzAIuQe9AvwUyehHgClpvE2nQh4fqVltXlhlj/VY3RXS"
    "3kGpPh6pfARt1v8eBLGxwWw3Sw7Wx1HaWjmZk/kMZTqXxH90DWQ8TXim+7o8dFE3xBV4ba"
    "pXCeNOj+mcAURz5himd3fIp1PcRgtKoIt6FetOPvQz6bsF1Se67BOHmqbt7hzvXibaGEWm"
    "DCnxzwpfMAy4FT3S0Ol0xh00zWFtCceKP6NCSJTULS1lTCljHhVzU0DGDPf3vIiGaSSgUm"
    "g/qNAefrMEzNlyZozsFCLTDy1rDjSbqtu4xiQIT7Cv79g/5khUU8eSfjfOBBbovCmkpzB5"
    "HGCmNths7qi6MQZxpBDiMbrTg3v3+XICia4IIxelegErtxnt41AMJSAtPg/HyU5om8Td+d"
    "f6WoAt9dYxcpkSpcyK60CTU2QRiFLJJWDzEqBbxshRnQk03YSbKevAZi/IlCrepitkgZ1G"
    "LOo56dqq4djUHCWBX5vSNZVeZnYtkNlV2kDfylLimpa2bOkoseQZytbQCaPsaxkNbQOh72"
    "qpyajCt6vrDYduQdXRCiai8imrhM8oI9xCIxnwQ0Dh7lEBNWYmk8pNnCsaORrtn9ieBOqS"
    "6aJKIbZKm9neIZb5bvYKajk3Yz0JaI/DdewIgfXWvyITqyb38asduR/eMYdDxXrvDsD1GO"
    "Gj7LKbMzFpqbsiXtcfrus3yuv5NdpORq5c/1Z1g2ji5E+P22aUmAaj7rZ6kSyzU87oEl3/"
    "+r51v19FkaMvNmzvC4rw1u9JqWWXlaOXY3fi1mcnKiT2fIqyEEUtqLkk77FqsQWgX70IQv"
    "Mvxl56czBaUnjCLMTSgVAKQyVfWiRzWU5gpZS5B1DFnJyAM99miz5tmb3XkDX5WiP4v8e+"
    "tps3jdaXhxrxj7ytFVtfvC0VW1967Lp+3+jWm0gkDnrsVlGABv/3WKN13b5TasT97bH6NW"
    "6lCLe9g/iKnsf2ufsNFV8lYVfJ9P979UfUpukZcjfblAPKt2lKLpKlqwQasOPBuMCsLySG"
    "bTrvivBt9t0CbhAjStWX7GQcpi/xbFyBVfCu8fDQwBQmwTFuSHyNmxFfwwpbv8Wtjm97rN"
    "39qnRqRPyUY52USeUPpsCUec9PLe/5A0xktJKidHNvVHOFEas2Fi7iEGDzKR1wfUmgTkwr"
    "viQ2pUITNpxobAyHWjRAeGJANarLd9kYqwtdbeLYQr1lUWduMbtKBnOHMO4q2TKcCQ7wYF"
    "TZ9elUM0wRziyiikU4MEYYkoXFHfqZ9Oe2CDcURbBNMMOURaEW8XYTTQ/tjuXHMaMzhK4D"
    "0vYqJfuS6DBFZWjzkuo78VrSt+G1p9iqVOcdklV2e30qE5cO54qgzGqRbcOiLvN4aUOp7L"
    "Coy4SftjebFemyIRIZpBPVPlNramTsHJBP8IjWUOZOXPm1ofyGAoX722PKTaPbhnP3txwS"
    "RoQHSLbJWlf4BK10g5du8NI7OuEGL01u0gfpiH2QXkl6dxDx8bKSJsD796rrZHjbLWXkld"
    "7rBB+DabdWXvm2v39YsM+YEFUH1ORsTHyBVGwrhnKwSceeJ4s9gxlaB8EtLT/Y3p6TS1AW"
    "YEo5+dW5YiknH1DwkGmeZJqnV++vMqVwqVpDyhFveHGQcsTbkiPu6HQgOOJMacIrkUemWK"
    "pTUbhAkmGX0Q+z9Ta6twMH71VZFXY3uMS4m143PbPwlvWkSgbrwoWlgPDq3KsUEA4oIEj3"
    "bRkkfEzQrlaiYsDGyKRT2FpO0A4pGl/ICIZ1lkeJ7EY2MNa1yhSBmZEcZmNSmPy5YOpkwS"
    "3dC3IU7lDf2VEVbxo7l4tm45YJUqFbhmlE8msHXf/kRghSQ747CKMa8ss8CvLLbP34Zcpu"
    "5ya3iqC7IjgFlXgU3XW5h31wf8rE9qcEtFL/fcL67wRz/loMpAXcVzoPKe5sYCOxTE5O8i"
    "tfkOl8OHHt+4FDgD3hc1MnA4o5LyKZNNCx36ZDh6ODACYMFD7/mj2pkb7r0y9c8TUysrL2"
    "LDvUQ3M5KPhxZZKvLQePIPnaA7JhLwnKfFFA5qG8ohuth27n8U5pdTFLgX8sIjKFd7T7i3"
    "GZmPWgLjIe+DkS4vPW6/hMS055Be6nPOB+ygb3UwJcd+1Iwrs5+DugfHH0d9lA33n4t3Ql"
    "kK4E0pWgqBBApzPcrbeSJgb499YKAsHnOV753OplV4YgmmnyoRa4APiaY/JE6czXHvtbIP"
    "u5xDHYNyAUfPk/Htot4U7c94STPtEsmqajPtyDpaJbCgRyRZGK7j0DKtl36Qr+6v11L67g"
    "wVJbBPgo1Un0cumDfyytIW0Q+cWPUE6pNAkkmnJqjTUiKFggpThljrVE84Abf6iPqQVvSJ"
    "+pn15Ir3qn3sZd6cnDi1cjcg65SQaCpENoaPAJyGBZjeYdB7GjbelQhyESCZGpZj1R5zsQ"
    "S2AAYR3v4IN1quKYqhKbwigByfv7z/Agiw45kOJoFE+DsWkKMhRldOpohmkHr2E4NkGlK7"
    "wy1W0yoLah0xoUdLn5QCA6m/JnimYTIF5YBsh9XpYlTbd7zHCw9tE3FQd1UDsGhGJGQ4Qr"
    "+DgQrGzH/7LVE+DjcNv2IDk6dwuIDyXuh2J/cnMx9ZjIrwSClyhkYzwqCHCME3wDsgDx7A"
    "lGABOvBa1HrRk0IiDiUNO0hSFoio8G8C2+INoYvza3fccHvALdPXk3voF3XN5LUgSNmaP2"
    "xJ5Ya4jjPsErIGSaeCl1HuFqW8S92B8ICUQzd9IOk2y1i3bZkNz1Ntonb9q7evyjRuAfGv"
    "OaTTTlNZtw/LXdAZp6U4Erq+Meu27/qnRUcQVzs65Oeuym8WvjRmnd1Ih/1GMdpdH6Fdg3"
    "5UYNbqdcxJLdx05Lbd+qq1TpiUuYKL2roEIZjZDukUikLvKo47u1up3G1WPXSxwbnPUYMp"
    "k3nfpvWHFwDDSPnY7Suv5DVX6Hgdb6AnUlLomE7q2HW/jWRkskdfdPQnfaj93QLTgDDO+b"
    "DbgofvCsgR9zixfcox67UzpfMNmU+wtl/ri7ajdV/00ipz3WvsdvUdv3CrxF6GR1B4ScB2"
    "V1S5yt7im/K53rRui2f2FVov7w0PjScm28iUuheu4bnT9CteApth90hQe32dyjcph9o5xC"
    "dBCjhJexzESo1kl35RnIO7FLgrSWWFMcxxRccGEUU0jfNJSlCKw6Hm1bEXU7yi3q1vhmkE"
    "uUoyj/NQfe23BSAqs2+3mEaWWe/02OHpaRxsRvRnlFKCHeAPGI0q02q/Dp3ibA+fdZKcVe"
    "NsfELmwD8qvsyFQ2UPe6JZOn3t1qpghI3+ZkUWA29nT0xSzPKxJpdS5u/GQ8rVdnw+2Xl1"
    "gXx9rmcyuNn8unRAyoDzddV+7qrUdPhVNAlehS1Yj722ONu3uhJ3R/UUHXgQMQjFV3Y0NU"
    "0kWv9Nh9sw7X8X85FEiuzayowB4mkrsJRJfUkEWuAN8SIzuFeSjadT/m2QbjY/YuGB8Tm2"
    "DA40aGnm4QujW5ljHVR8liQI+Q7vigXsextB+vmgq57wDngtvMRSZ592aUjekoMDPGVlP0"
    "JFAt+mzQRRLrtfsxxEnldgwFtmOIux0UmE9SSE9QHNqLr6jBZnNH1Y0xtQtN4XG6E8R795"
    "N4yLcphQPZ5KYYo5Z+iqXzU0xt60HKVJbNbcbIpNni2JJEHh8TL0NR9wSshW60NrUL4hoj"
    "k1OADPA9fIBvyqS7A4DrQU1HOdNuRDe60uTA1h/sOwC32JbX8blhs9tyCeCNTY2lCk5vCD"
    "1hJSUwxLtTXRcT4moZC4SDjAyTuoHgGCwg9qAC3HhoZ+cambmqCAzpcHBPZ6ENsqar8xm1"
    "JtrMJnOmc5YSe77H56TEKciw8tdmXaSDvxRljhtUnK0KIhoikXCmwVk0XD9CdIJ6wYvLyz"
    "x62MvLNZucXyacU7g1TdMKroF5RXGCGO/e9jsF3gufn0A4208iRHIKJsqDu0o4qd5WOT0l"
    "nHR/q1J17sp9RxF7y9/UyOpQxC7dNjp3eHV12GOPrZt2S6kR97fHbuuNJhZxf+O89+sMkp"
    "nFAcBpkUESIpGDZPvEFcWsBFEqybbIbCBv1Mq20jRs2dYx8h209hHNZ8fW2K76aLuWjtDK"
    "Zi5zMx+HPfI47LzHaTgro+mh1IlxXQtDRwyoDPMD3qxutkCoFl8UsEJg8iGxYwUqfWpu1i"
    "TfTlD1UzSRAcVctLZ/wSYLi7MxWRjOhLipl0RWqr5IydT3JAo3L61IV5tumTjgs1OzKrmA"
    "wQt5PcI0mDtENMuRSXJfe+arSmvGIUUuv/NH0cxMVbQaKzJNUdITWkwg+bH0ix8Oy/dHAu"
    "Qb0EC2lN9qBP712C+t9m+tGhE/Pdb40mp3UL3oHWBWn9vHB0XkbBIHeOW63blxL7lH5dBC"
    "yqiiQzmkC9aniLZ3RXAK6B5a1+szl1uo12Vs9JaYO4BsEbz98mWe9MsLduCBWJS5TlBKt+"
    "e02OVA2swtMcbopOSyXi22wmsHarHA8fM4kd2oFIt3rlIpxerUMoaTSopGzLtTXacO04Iy"
    "mzRh2bDu2Ms1UwRMHdopAqDXhi/TB5Veks5W/KD3eOrmHNlSRYjkJHiCA/iy4aAqgLBX/A"
    "TRPc8VsX2+JmL7PBmxDU90aJpkjNrqTDO3TxI3fRpDh/wfMQ37iJepNHARjPX8bZyVjXEK"
    "WMFVGqtwyMXs7/8H1rof+A=="
)
