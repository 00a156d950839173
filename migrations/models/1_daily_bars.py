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
    "xwrVl9dpWabbkqsqvGkGdcujQ4Ku7GlBvg4EapMOcc7ku11G84k+nEDosiU0P8Tx5DoR4f"
    "rUk8VPwYnOO3BsrlCZCCNrwkwbjfktkHjV7HiXThVfTSyICfJkUfJ9pvObW7/YWNPHxIqZ"
    "HpLn4BXFfubgzZrbyc3AySqbblnOthNyiFbNx7mbj4Nf3sC7l53RYWLF6VxzGhbAbMfmAK"
    "UyX+eZxeHPauq1yiEqZRjiX8aIxBrBOArwAxeW9DH9lSwi0ewSpr5Nf9XTaQK7Kl291iae"
    "L4U3aWTxAzeZjWBAtX1Xva+VfrySt8XDPs7VsmJLsgbgPVkG2d/iY+NnnYvesHgRZO8Rnu"
    "rGAkRvbBhh+dxyEwONmGGwORqZbMrF83i5fvduu7RL+6sveR8kf+iIiA55e8qW3fCRREzr"
    "F9Q3yQvvUfPbW8T29ALvNihQiYvCnQTua87MZyu1ngAupCxKgnLuKOdOHmbGXZ07M/7UWw"
    "prIVolkudaXvOm1e0zRYTJFbdzzW2lar8VTq+ko63e6iCxUrjzzOiAfJpW8gmQKLlnvaoN"
    "UO1Bz37yujlNSDcq2YEBlVXDjkgiAY+WtL7Qo3/49ZEYOCFbY4IfrSC4/zikPUKM0RhjhD"
    "92ky0RwP6UZog2m5IB0xbLNEl4KHIrQbolwnVRQ+jyXppiiOAcMXPq2gD6Q0wZ1YfY6Hkt"
    "x/oLsX7har7okd8VQRNsxdopjnjdzDGkEDeqzAnKnJDruWhHc4J4c6JwJnvOlwSFc5xfXq"
    "fxnPNWa0IbI9FLmm7NDLzoZQ0hlekKGCq2//XKM2xZc8a/t3zWn2RBO0JYQLgPkn1ibPK5"
    "lSukJvPWlqRFPEKoEE+Z70OFQxbYgJAhHDLidt5RNSuey/mgWtkDIWGFIFheXrsOj7dIqZ"
    "VVEW9B8BQcpd8cZhPL9aKKoEuu10DSW6pZFW8/GS1xHxkRrun6bt1+oEeChxNk68PnqFp2"
    "rAsLB3NgxXO/DD3xKxsIZqAyKH+iAq5MkddULFbqI2yAQjjFC4S1F7DziJ1y+jYxp1wXNN"
    "ncS/orLufeqO9xFj3AE3WpnywYdE+vm3CqYOgve6LgRMXxdRcT5Uje3lcCwmR9kczYMEYO"
    "TNYVlwRKT5SXuUCCMM+UKn1j9HHyyqEAVWEy5f3l8vL9+w+X5+9vPl5fffhw/fF8uYYoWr"
    "VuMdFt/ROsJwoN75gFRklBZSDqrY3a2yTjFWswg8wWgY6TxxiL1oxXn6Awo3VvC92m2Hwm"
    "9nZ6R4hWqR25UztCFiv4mmZP5SuTqcWiMe9QQHzNIpZIZCopfhyqKt/SG5icQBfLMCn5zd"
    "XXvBMXTvE68fVgIXkwXYbGmk/cyvImG0pvBO1SWlI6IQME2A3A/lBGz2TmL1adT3SDIIu5"
    "hguMLGcAXcA2QbCR0BxbCM/xAg0x5X/2cIKcWdRycsgL7WB1MLBl97ZT4iKk+3mbXtcScU"
    "RVTtknjiADjHRz6wEepS2S8Hpkc8UMLyDRW5QDybmiAySF8AKuE7gOtKck0V922FMySK20"
    "89wJwDmR2yCa1hR7XcUJboHatZKbvmyXITLRnnD+uuISBPRhNDP1IWQd6bv7OPY9f5QQsH"
    "R76Y2Ci4IYNsCmFR97uLeed5DNVCjh8UMJXe5mUCVXBMURf/eXBG0xHbBMYYQrisL5Nd9f"
    "pvBrvr9M9GtClco/ecyYquRdNTdvQHgKO2yW2p3W3a8VJP51aa3zUEH8p0vrzfva7xUk/s"
    "mfx2O68IMLId1AjSzDPUhThE1mJIzTQJyMcCR+0DFNruZm2potSJPncb7thJ1mvk6eriPZ"
    "VcnQZjGixZqP4ZKieMP3ALtSeeaazGEREcK3HRzBHDPOUrZmmC4pCjgJ7Gec5kRVb3AuWP"
    "bfwQ1RitHVg9Xldcq668hI72ExRMeu/0OkGaJope9zpfo3U7dtQkUoqUmwhrjK3fc0SjdG"
    "5EwAfyburR/vXTnERXbR3pfXzrgwLUJ4XJ0+pyb9ZJVdWGaiANe+82F5T4b6FBsJ9mWfUJ"
    "7vXaIzj/gEp7B1M37trv6l2nh3+bF8cS7tYhqUzOU9p8mLzhyrNzSYtSXYcg87o54z+Wbv"
    "oENapm2g9ukUwBsAnujjGDfrZoB9OgXwBoANNt8GX49MwbsB3hdALKNTe0Wzlb06Z5Cq0P"
    "tXZ0E27XIrV7TyQOfUA62iDd4mr9fZiDa7Rk7DXlT6XG93Wo//rCDvoEsfa18bVV7g/ofz"
    "NsexUbuHIu8wH+6SU1qWVwjxYCcDX5zRKMq5FiUdxn8iL1f8uv1w4M0p2ok2prGLWMpCye"
    "z4K9l5rN91pGx2OxlQq24WslKM8dSvKq8znHpZzFIv859h0xa2TDRjpj1ihs7cVeiw9RKb"
    "U2Tj78h0DEhvJpazr5q5YUsebyDgPG41/977V+FOxxcfVOa014dYBeWooJw9yZ2d6u/V20"
    "atgryDLv316vyiguCXy5ytzude/bHKRU7vqEs7j9X7eqfealYbbpVU0KXt2le3xjvo0s9t"
    "fsZ/urR2/3RXhca968u/VFDoNB/SrG4t0YvKs4wZBNOEj0SIUOL6gLGD+XaWJcedpm5brU"
    "ZIh7yty+sEnr7c1h7fXUg2xqiNS+UTeyvK/FKkyygGyHSHlQROw08dUQNjYI5inDk9+ddg"
    "XyeJ7UbdTh5daVS7o8XRfMHmcylGBxTl5XUKIASapNT+fnNXAQcUM65xzfnZBPEKWG0iXO"
    "n+cmLPw1BGIrO1aPxMQYUTGdKgOVxblE+xFqMNHuF6MdrhHxFO+66SfyvF8bW1GqU4Hhxi"
    "5VXcg1cxe1oilZFo/cottRzg0MsBbGZjo/eCDWereDqJ/G3GynxMHSqj0xdigUq6NeDRHh"
    "Tm6zEfYmvSG2ADxzoiNyMu0yu8N+DN5QuOl6XHZPxOgXaIWmG9HmuTDJmp7RDtEqRWBjJl"
    "ICsMewtpIXsNcE/bRLZiQIydLMSdZGPZ8gHTx0v4FJCpxdPxlrvT++FNYMGC+AZvwVhgb4"
    "LYEIk9dBlr9xJ5W5dbypHpjNmgPfWeySJi+5J2oAuTqt3olGks53PZjqax4HhPi2iQRgGq"
    "glSOGqQSvLMIzMkZDyWyImR9WKcIHCLp4QCydm9jvYwQFnCs79mEeSJm9zzn3g7ZKCUhMM"
    "PgjSEtwuRxhJlapzPH7mn6mMvtmRCX6IoH902aDFM3ySmmbqI5plRMWYFNZjnJcfOVP4oL"
    "c4zZwa0qrzc6iEYpTQ4tSpChUzfhTFDvr6Apo2QBiWH7vlTRLyNmoj4fcLbVj6aoiRgf9t"
    "k57KgosuTw/qxIh8hypshmiICbwFigc+ja3R/R616kzfELpZvevOgjGuUzYOxZGS6U4eIE"
    "Z+MMerZyHRwIWG8hXUZYw1QKVFl3hjk5VgbevLTGp82z1ly6q7Y/VxD8dunnVuO+3vzUri"
    "D/yFtI0/zkLaBpfurSu+rXeqfaACJx0KUPtRqngV/5e/06i2NeJVIr14rLnq0ceOqv680a"
    "UrGiVOEU8viWtXBpJXdqyW+PyRJPB+MMc7rQB7YZvEvCtzl2M6ThCuhRWYXnCKVaRLU2RC"
    "QAWBTnzEEinXBvJ4nvxiiR6BjLVZxIkAcxJhuJRclmm8BjZjDd8O+GuQBrCARzGEQbE5Pf"
    "IXkhJnL3DtDK3qmLmBZvpMneDZhj+q58IIJJ5rD4CgJefQI0WJTD9p0zhFqmxvvQV8uriP"
    "0/FgJ7J/Txjj+wRnpgAi0vI1N++oVfKBBvKK5mEmwIsiyrsrzcQJyb0drN8SsyxepeU/Qu"
    "f+STiJU5SZmTiqygJ6f1enM5vfbmdS18PpHbp39WEP+BLCCNBqQAaTS69K7V5N/92yfI9F"
    "FBwbMuBf/Q/WP1N7B7rI4h390/ao9tKPWP8mECCX8O0i6eDFO96fWTFrFtg4gPbFYUY0jf"
    "NJTKknGoj983h0sGuh1j6NxszAjSKnvGBntGDjbUKDrEI0K2Msr5dG8T4PT25FzY7E/pQ7"
    "bVelOVI+DArifK4oSx5Phxv30RfHrHDhzPQfRtvsd28cJv8433/uNv1aL1YkfgxvJ6EDOV"
    "JWuhEpnSQU8t7Ow0XLwqRvIIwJrgcbSIlRFXiUxNASppxfGTVsRMunsAOLBHx0nOtBvRDX"
    "9pUmDrv+x7ADdbNI08N5zEhjPS1JirQJoqMfXhpBQTQ+PVlNduTLNqsylwJhnVPW/+kujT"
    "jv0wxXizPRbuFpiRe1d2cgRG4vrsZL06eYF2EVTqy+vrNCaM6+tkEwbUSToBf6kyIOw1Ly"
    "C6F6kMRBdrDEQXUQMRv6Idux3a39qtZoKNeUUiGyn0oY3+Hxm6dYqRL2vABTDWW0Rl46ck"
    "6EIHt7vuY7frx+zHfwFE88xZ"
)
