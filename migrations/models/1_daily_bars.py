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
