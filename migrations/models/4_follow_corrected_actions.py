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
ALTER TABLE "corporate_actions" ADD "withdrawn_at" TIMESTAMP;
ALTER TABLE "corporate_actions" ADD "pay_date" DATE;
ALTER TABLE "corporate_actions" ADD "revision" INT NOT NULL DEFAULT 0;
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
ALTER TABLE "corporate_actions" ADD "withdrawn_at" TIMESTAMPTZ;
ALTER TABLE "corporate_actions" ADD "pay_date" DATE;
ALTER TABLE "corporate_actions" ADD "revision" INT NOT NULL DEFAULT 0;
ALTER TABLE "option_contracts" ADD "deliverable" DECIMAL(28,10) CHECK ("deliverable" <> 'NaN');
ALTER TABLE "action_bookings" ADD "revision" INT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX "uid_transaction_portfol_305d4c" ON "transactions" ("portfolio_id", "reverses_id");""",
}

DOWNGRADE = {
    "sqlite": """DROP INDEX IF EXISTS "uid_transaction_portfol_305d4c";
ALTER TABLE "corporate_actions" DROP COLUMN "withdrawn_at";
ALTER TABLE "corporate_actions" DROP COLUMN "pay_date";
ALTER TABLE "corporate_actions" DROP COLUMN "revision";
ALTER TABLE "option_contracts" DROP COLUMN "deliverable";
ALTER TABLE "action_bookings" DROP COLUMN "revision";
DROP TABLE IF EXISTS "contract_adjustments";""",
    "postgres": """DROP INDEX IF EXISTS "uid_transaction_portfol_305d4c";
ALTER TABLE "corporate_actions" DROP COLUMN "withdrawn_at";
ALTER TABLE "corporate_actions" DROP COLUMN "pay_date";
ALTER TABLE "corporate_actions" DROP COLUMN "revision";
ALTER TABLE "option_contracts" DROP COLUMN "deliverable";
ALTER TABLE "action_bookings" DROP COLUMN "revision";
DROP TABLE IF EXISTS "contract_adjustments";""",
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
    "eJztfWtz2sjW7l/p8peZXcVOJZ44kyGnThXGcsIMBm/Ak8k77BICNUbbosVIwsTvPvPfz1"
    "rdErqDhAELuT/Y6NKrBU+3utd9/fdsbunUdN40lrrhKsy1n87q5L9nTJtTOEi5WyNn2mIR"
    "3MMLrjY2eXMN26kUGhqU39HGjmtrExduTjXToXBJp87ENhauYTEk6TJKJjON3cO9lW24Lm"
    "XEYMSdUQKUzAFiaAnnmkvmmk6J4X4ijD5SmywXuuZSveadwrehcPoGn6tbE3iwwe4P94gl"
    "M/5aUtW17in0ZMOD/vw3XDaYTr/Dj4fTP8/gSRpzVUNHAmc5/g+d+Gc2nVi2TnVVc8+ALt"
    "YWvpJlp7XERywe1KlBTT0yUqItv666Twt+7e6udXXNWyIkY3Vimcs5C1ovntyZxdbNl0tD"
    "f4M0eO+eMmrjbw8NHVuapjfU/iWBAlxw7SVd/3w9uKDTqbY0cQKc/Z/pkgmodWuuGezNA7"
    "UZNd8YuvOG0RX83P/rfdEQkap2ugO1rwxU9Swxe/ALxUbbuzSxGM48g7k4FP/9W/QbwMOv"
    "nuEDml8avR9/+vAPDojluPc2v8nBO/ubE2quJkj5sAaYR4YsL/QRon2OgH8hGILglfPh9A"
    "ErGcQBpOGJnxfRMM0zAPUmbOXwxOcm0GzONDsTTY8ihiV8uROclmdz7btqUnbvzuD049sN"
    "sP7e6HFkP77lyFqwcYltrePdOee3ogD7q/oD/L4iMMfpJNgFwC62PkSp5JIbA3VMp5ZNk4"
    "AO6Hc3HdCAYqdZezoL7UD5Y4A9zx3nLzM8OX+8afzBsZ0/eXfa3c5nv3loMjfb3cv4kjx1"
    "qV0E7jWBRLs42mHuOblmuJMrQM415jQd+hh1bAB0j/aNf1CtNWTQulH6g8bNbWRQrhoDBe"
    "+cRwbEv/rjh9hyvu6EfG0NvhA8Jf/T7SjxhWndbvA/Z/idtKVrqcxaqZoexsS/7F/6GwWi"
    "6UOIPccLY23ysNJsXU3csc6trLbJW/PzefyKxrR7PkiIJn5PT0L+1RqfpQjOeLm2SWL+jz"
    "UuIChD6zeEjDQQYecL1xmRibWEceSirONqNhxqTCdTyibUqZPVzCJTgxnOjDpkZbgzuEss"
    "UwdJli3nY/gwHGLT6dLJEpsP/cA8QjQ8x+Vvlg4tU6VlawWvnHcM/3kDe8lUC76V+kC50k"
    "L0IuVnKT+f3kJcgJkLvwp5EQ3TSPk5imdRsU6KcwXEOc2+X84pPqwINxwmqgTMx2aJ1xtq"
    "clIrsE1z2FvwDTXYPpPCtE98POjP/nWn3ClXBfc2j6pOxOeQ9e46nVbnc514B0PWv2s2Fe"
    "UKG60Ph+y60WrjJfE5ZM1Gp6m0+aX1YZxZyvP+vM/z/rzPfn/eJ96fR2o7qdq9Fst4eUIU"
    "sfGD73yo8Xt3qOXpHr/BP8/fvf/5/cefPrz/CE34t1xf+XkD4q3OIAbnwrZwJ0hZja5NS8"
    "tANEwUg3SKVIcC9e2bt8dfjq66d5dthdz2lGar3+p2oiIgv8l57b9Mw+UQ9JRGO77oe7JE"
    "gVkbJjnetD0UvvuetnFJJy+rEqergnYpuuKev82z5EKrzDWX34vCPcFt0VRtCj/YQVwSkF"
    "9alkk1lo56GnkM+THQH2pSr68cd+G47HbbET7mshVnVO5uLpXej+/+EV1AUqY7dfBbF+AY"
    "A4oqTPFjc4tTzTCXNgU89QymMR31OF0VsD+0QORjNgeGQrsvZJNJIa0C4see7RObIja7WQ"
    "uixNJYUDpjQXikPW1y8VEOCOUIl3qEuYFi13c5SryHkT6hhfXUBhq4bYeqS+Ya5g4jHaOW"
    "Q13mofasizu+1DFqOdRlG+qSWPP7rmVT/drgPzph1A/drW2y7U+hRQHj/nJhWppOrCmx8M"
    "yh9htCBjNKxk8udYhmUzK1lkyHc7S/Gzbpf2n88/ziQ7rp/nndFfZuT7PBOzMN+pNGd2l0"
    "P0F29zSM7tUElH8mwMzWNfntK2EOjumwLy7y6LAvLrJ12HgvpuWwGLzRrgCqAM5xugri/S"
    "6XzeDdBpvBu6TNwDH+NwXnTHuX3/x4tq5Dwrtnc5fHVBSYtQFFBefrh/c5puuH95mzFW9J"
    "FaiUsI4sYcEs0n6jqcHG/q3aJtmKs7cP9CmnfNUggoP9wSFISYCyRiib2E8LmHkExCBqE3"
    "5ZhAEb0I7axiPcm9rWnPs7G+gSBfMS+4R+HApz3U3KXod91Ha5TApbUtjaeQRKLxmsbFgT"
    "0pwusrf/EEkF9//D+LhIFkCyAIdmAXp0Cj9kNrAeKEvjAyL3NzIDtmgJuyI0LaBx9egIp6"
    "t5ilBfDYqaUwNDneh3t0ZWM2Myw73a4cpfAnjC9kvfEHLnwCn60UEHS5dMLdzdnZllu+Qe"
    "vgJN184e79G5Qqyog27B3pZDvy8M+HKb843oxj11UpaH7HU4oNjPMvyiu9lhhLBsRsJwnO"
    "WuC3KEVq7HpVuPwztv6N0rPtBRYjnSpR5pjIHdbZhDlNKCXeYhjm6recW/KJW0DcHOmOBY"
    "ExgnAb4GZsm4Z7/Rp0RAWwxT36wf9HSawAZXg9fa1lZr5i02s+BA5LPjA9DoNxtXytnfL+"
    "Rw4WGf5m0RDEu2BOD9sgK8vwNz458GsN6YvwB576k2N8wnZL0104zy547Q1E0t07RWQktn"
    "pGj+9tPtkA3ZKNjJR8j5Y0eUdwjtmbXuBmYStZ1PZGTTR+hR99s71PXkAu9rMKTiD8VvEv"
    "peK8t+cHLLCehFUkRIkCrH165yLMfK+Fz/jgX86h2ZtQitZMlLza95y+ruyaKi5HK0Sz3a"
    "UtR+LSMdcEc7vdVhYilwl3mgQ/xpXs4nRCL5ns2iNkK1Bzn7zuvmNCHdKmSHJlRRCTvBiY"
    "QsWlHQLz366996VLiJZOMdt6NVBPe/D6mP4HM0RRnhz91sTQQOf041RN+a07GlP60zJWoT"
    "nl4RMy5SkEVNLst7lQowiGNq2XOhAxhNNGYxY6KZqtfy3nikzicQ83mP8K0omWlOqp7iiM"
    "8tHEaCoSNSnSDVCaVei56pTuBvThLObMv5mqByhvPzizyWc2i1Iboh4cCsG87C1J7UolEk"
    "cboKeovtP2XJQnOclQX7Laz6syJoJwgrCPdBnPPubVhbQSC1LS+8NC/iCUKJuHSHlAqEAu"
    "6QCbPzM0Wz6pmcDyqVXWp2jy40I1U0C27WNslnY81Wbd4ud+gIkAjpZwWCjTUGAQ+DNVa2"
    "xe65fdXzy7SN+xmXofwmI353JJ7GT21Kfu13OzUilgfiWkTkxU8LIznWY1NktD/PMALF5n"
    "mW/ep1wVTlOa7/LcNOXlqiyBbaMp1icKva6HW0bY863aUqDWLcc3InfN+eG/sUkr+ffbnr"
    "XPWUq+tu+6pOQidDdtdpARlsss0vdRI6GbL+bRvOsNfGLRzyhNnxS34r71T92ut2Pre/+S"
    "1jl4fsqvV760rpXIk+rn696w+w39TLQ3bT6vdbnc/qba/VVOokchpfO/PwiftPxu0vv8nJ"
    "k520MUxT5kmzF17wMNWdxCZXBPQwjQR9J9A1p1hNyYCiEoBHl5KLXCLnxQaR8yIlY4S1tC"
    "eFtFcBRQUx3r/eStaFq7ZUHx7rhDCTWxqJE0pbxmYXgQCwJMyFHQVakc5OE96t7gKJKRZx"
    "GujB3AcWd/BSfvlNy15YiHpj4mb458eb1DZpXyZ+Y1WUmc6pg/mKahCNTKz5QmNPRDd01G"
    "FgiKwD+yF1aoROpxR6fKQEWq6rE6Kz+4h+V3EdHiV1LPvpFh32uYxTJyMQEXGSWvaIMLoi"
    "MBmhM4zLHemUWXODiXuWqb8hIBi1Omr3+prra26U3melVyeOReb4ZQQpPshCrcyI97K+CJ"
    "eGLJg6n9Aw78xEI6pNZvgE3voTRgQvDPZPazolc+uROtAUXml1aosRGPkBAXiVjDXHcOCr"
    "+VJY3e9Y473Vhgx4Z4w5JqOF9iQAIDwceZ3M5AFWYYb6KJs+Gg5/glc0cmat4GEuZQAxV2"
    "rBbICNFF7pGoHvjd4IOrwbDLEerc8wpqGAnsqXwb3hSeip/ozekSqrkqisKq938ZYI/oEL"
    "hnj36+tVYMj8JUB8QptvN5fdtgqgdj4r0DB8GuhPApVJOfQg/uuVGMts3WOI5FXrHte7R4"
    "pVybjPTBcYIdspZ2DJXJK9lIG/nJ//9NPP529/+vDx4v3PP198fLvOHZi8tSmJ4GXrM+YR"
    "jEzhZGLB0A5dDP8YoRyBXUcgwpgkx0D5Dneu6MSYa2aGrT3eQXw5EcRvvE5Ob1w2rSdKs3"
    "XTaP94/rH27m2silZ4IY9XM0vz2smBdLrTjgQ46R/1VHg/DNM8c0M8IXiT+6FUgh5cCSpE"
    "tCTEmZtdmETW4ozvYGGpdQe1cpxcRpuVWa0sTQivZ6ylCeFw2RVQm1e0ekaI5hmAns7iKE"
    "0y5TPJJCbxsQEu5/Tdim/45S2Vteua0qghIHy9trHUF7TI7U8MLag2R7vLX0vLRTMTGoCE"
    "FcVw0cTEdKdOJjONwdf0AzGhW+YIzYawtXD/X5EbSvSDPXLjj2tMHtI8io/zYJ7AKlRUcV"
    "TDnuDJJkFGpoZGIn4Dn8yI15TXQxoRzcSA07n2RDT9EV8VgjaskUvt+Yjc29bKEVGr/HHi"
    "i8LTh4yHqmIX/CdNKVDCL8HYVq8bP9bVMjH/PvaH38OmU8ym+NzU+i9br6hE8Xz7Midk24"
    "nowpqkaKyyWYU1gWS84uoVCj+GpSlYNmm7w1SVUQAcWdEt/fN31wmC2JxmKd4wX32CyszW"
    "vamr5pr9QN3d9BcRWqm9KLX2gu+mj9QuqOuNk8l6dCnvUIh9LcKWxMikEiMNVVnS/RUsTi"
    "iLFViU/OZyNx+kKf5eTnNybYsBTVWfiJu1bToUdN6Y5y2aPogoIFBvgPqHGnmgC78Yzmpm"
    "mBR9al3h6ussx9jFmNpwy+JOqNpKeyITjcGfO5mR5SKpOTnkg56hdTA1x1V3E+ISpPt5m1"
    "5WE3FEUU7qJ47AA0wNe+cJnqStEvN6ZHXFQnsyLa1QkG2IpBKeOMePsZ1QrAm7s29BmFpK"
    "56VjgEvCt4XMjSmMW9QYmc25BQbTAplP3RmMr2CXMGGoRha2McGqhiORm2bk2aM4g2W4a2"
    "sUPhTZsLFmO+m5TffWsyy2XEL+IJv1EqNbQJQMCKrD/u5Nr+U8zcdWoTSlAUXl7Jo/neew"
    "a/50nmnXxFuxWJ8XNRm/NBt7+JyN1Y8nHHSbv9UJ/xgyZXBdJ/BvyG7uBneNtnp9h6GBoZ"
    "Mha3WulD/qhH8MWfd20Op26kR8DlkPWKE6wf/xTfWYhv9wHKFw7yjykoRpdhq8kql5Yxjn"
    "gTgb4UToz9K2QTh+KgJwmKbMb8euy3yeVT57kU8k8aGT1GDCDVvomqJ603f/4Svws5bwvE"
    "IzOExTPYzfnecBGVploszvxcMyl6wgyiGS6oGchxfMZgUTnOBk6RiLYouwR1A9aH/JAe0v"
    "mdD+klggHKNQnjq/ffWAfZdn0r7LnrXvEtPW17AX9mRLEL5ufzYZ47p/JqF02tW+UI1s1L"
    "H21+qTPJpWVWhb8gcd8OaeeZqRoCOuI51pek1UoB7BEjihI0yENfLd98eWOwOKibnUqf6J"
    "/8ogasBwCNa4TY03OMYzc6YvX4PLnyXTl5dZkfvyqsfkmlgl3aN4BQps2WuC15yNIsMZMR"
    "u1XP6HVUdN8jcykXFZp+tJeAqcYhaCY26Wry9o/gXQPfE0xm3A23H/hS68ZykyWPh2bZP4"
    "JZyA84lc6DRs8o6F7zB6lkSEoDeEfLUNF/PhYsyyTTWdgFg08ph4EV/1hs/oN/y7pWQwPt"
    "RDnuP5Uso16kV9CQ4jJXGvpiTA23P3rQmfnbzvhPb6HbP3Yboza+moE9NydgQ73oNMmbgF"
    "dFTt7AK1TycB3gLwzLjfKemnTycB3gKwCfz7Dvh6ZBLeLfA+ImIFA0ICGpmfedc4kHEaQ7"
    "d9Wo9T2Tk5rePTWnMedoHXI5PwboEXpqHqGP9bcN0IU8mVY9eVA+boDtiHqST2u2Ivkw3t"
    "bLzYSaUuNeknoEmX8ZWvZ6w3mSC3B4Ochjny7EurP+j2vtWJdzBkPeW23YAL4hPP+4BjG4"
    "tsrw+H7LbXxepRvTrxj4bsWsFG+J/30mj1BJE4GrLu70qvB03rxD+KK6ZzhTPsPWTklBIa"
    "VoLNeJafXT5rW5fRgQX/jmJrK4OV4DCmtmeZz7r8tzQt5pu8Eha0WIvaJiOaxdvi7+SNC5"
    "UAjTgReoUrMVrPi2Ij9wZWuNSIbdzPXOJaWTU/C/eDSY1briNCybkpDbt8gEOb8jhyzAqE"
    "1TrnMCeMhWlgmDkv1/kJa3+a0J+NAIwiNTzhRKe2+YTx6l4y4xlGpteEvyP0O2SawwuC1n"
    "khT5Byue/kXNOx4iadE55M+/nh6tJodxyjHZ9Qu7Iia+JScyLNRrtdJ/gfuIu7ATAWd4OS"
    "8Afuk7k7H+gTlxp85a7XvVUanTrxj4ascaPAjoDX/KOyDAeuoLuoPANKacLepvak3xdGWv"
    "DepnKsPsWrVv4EO3kSvExhIkp0PHHi3dsyZ6mMllldM0O7vPoxcmn12PL6BxxmQc4uQShd"
    "Rje6jAZ4JVGWLqMpcmxigu3BZVTqFE5Fp3CLgnQXVnLb0OlZikoh2qC2SaPAhXLV8trmDo"
    "kUsrwfnajpc4MZSOWCOI9CtkPdOpfSuesel+49w9ioRqCNGzjfiq5EfCLv0HD4D06LijzW"
    "Y2X2utJtH7UNmoEXNdOeEBeUZNSlI/Th2UibLkxtQnfy/wrTSn59K9Cak7YKZMdLBhRl1k"
    "zllzcjWqeLXLkBLzbkBrxI5gbUloBT0ZKzESKZq11Gob5afwpZ5P5VDvY4RYmcvVzG6WSB"
    "q3juwjJaXEuhOdqvXk6GclcqlJsHKTfhN1DmLMX8iCmOYi1qWwO6OSRB43yuKA5FK4RJFr"
    "b1aOjUdoijGbpfH4pLlqK89sxaQUdcbfNENJi3VMdSBIJrd0a8zUg4GeKZTcmv/W6HmIbj"
    "ptQ3OPKzpUtJOda32gbFERa8sHbOdR5Ql1l6PPuqtD5/GShXauN3pdf4rNRJ/MqQ3ShXLf"
    "RyEJ9w3vi122sNvsEV72jILmH5Uvvdu14TugidxF+0l/GIkJqsI0TZ4TKYwQ6YlpYVihSm"
    "ioE8RbKKQdu9u2wr5LYHEPdb3U5ULuE3o3j3lEY7BvS9rek7e1utiUu9Kil/NJV2W+kM6m"
    "R9OGSfu92rOsH/Q3bdaPXqBP8P2W23i2728B9rMfzeaLeusBoDPyjH+uMxBslByy70FiIp"
    "81DtRXY/RKE3j/sqAnmIREK+A+Qyqq+qyiqpha72WMt4o1PRBz3TN0joNfqulp6wL9qgtt"
    "k3SDRVHWybU8PzxVrxspGClOgWdWqYNg9db+AqbL6O58DjPDiYkBzraRNHW8FxXVQEN00v"
    "NAezmmPavaQu52BPeYbW5mXL0pWo4t++mOtsvc0Yxushzbk8n4QUIi8zF3gGDFgfw4fFJ9"
    "adU3jVOaUzZF8a7WtVXFgflkMSgscxyv3Ldh2faA+lHqKrVr/Z7XSU5gAHKnw2ZN5hq/MZ"
    "hnB9vL7ORzZo3VPC7cNnXBTmwefisxzDPNUMc2lT1fb2kdz6oDjhjiqh0zFt7kMjtPjloh"
    "DIXnuJbQ5sJ8ALpGgRNiU+WJMcL0zpwEFKR86sZFP0PE6N+MgEPUJToaRWe4sPm4CcuIsJ"
    "xKeTFpBtFhBEStW1QjGhYZpXHRWKSYZ3VTBFaKXbW9m0S5EMviBqqwKfHfn/aA8lrih5hv"
    "euu7xe+PpQ1ANX262bFufxw2fI5l/f9UVOKH4wZFfdryDE4f8h+9zoXXJO3zsYsq+9buez"
    "2v92c9lt10n4DOTBuwGOODT3j8ohGgTjp86p42jFKpGnU5d4FpTJP3+5wEVwx0U2SiyV+K"
    "VbZp+lxN+fkrlHp/BDZs2l7Vj2WYqSOdqgtknJbIum6oS3LaBkRuc89NlzNeeBB39OrHmQ"
    "T8pZjv9DJy6mfvqPNSb3FnXguqiZiTGf6SrlZ/aJma5GXqsRBpSiOlp4F0bSZtVEjCqAwW"
    "8Rh9oGKrDhOXS+cJ8CBbVIdeWVmsnQT/955np5rL1HywqdZfY5dFNzledjjNz0hOXlUon+"
    "6647UPp1Ij6Bv2m02t/Uy0YPrgXH6Mcz6DWuGv6tyOmQNZqYTQ6uewc83eZ1q409+0dDBo"
    "voQLlROgO4GhwPWUf5ClfwP2rNsQMVhqyF/UVOoQel18I+xWc5+Cf/PS7ANIVIyjw5dmSV"
    "PrzPAfGH95kQ461YKh1Y0NXCZUmjVK87cFyYXovM0TBN9dj5/S8DmusiO7ArNx8nl/x86f"
    "j5qD3tGRoTqSw5WWXJznoSqSLJryIpieCswK+15sakzwW+sxTJOdaitkl0pl5b1Qka58jd"
    "JFp7Qqno4wlD22CRGWPqZVxidIfLoIYLUisXQflDkQYzMD9q5pKmRNjtuW+Zhen42+YzBF"
    "sxxgXsuQHBfqzoL+sCt3dbblYEUJaVcZ9BPyXyJty/7OcablYu63Rs1wQVFK1/yrXF/rRh"
    "i/0pxQqBifqLILwmqCDC787zIAytMhHm92Jcoy1Kr6R4ImzgGMNEFUT6EGVxMERPM0GQ+8"
    "/ScdPjHjZo5dLJq8eof8yD/Mds5D8mkd9QeWpTbF9Fp/b+AZaW4iprlkoi8F4bTGMTQzN5"
    "uBFf/1KE3pRWtU2C79RvLyKTkCCn9NtFM65PI4yvE2u+0BiXUqfG/dLGdC6Gw7O5iFzC+G"
    "VFU9NA27DFZVt0qiRCguGBR/S7yw24CEBSMj7ic1MtxIlANKzYxOcaCOwihwkFwVwVERfe"
    "SirNyCWWtv0B3EVbvB78Eu+TIBI3uzcK2oXxc8guG+1Gp6mo/S+KMqiTyOmQNRv9L+p1u/"
    "sVyyd5h+XQ7wZv2C5DFVCXerC+KY1eneD/IfvXXaM3wKqY3kE5hmFqOBPYMJ6oVkRFFaOq"
    "Uo3LvWmqPIz+Wmq2W0j/lySUQR1JeEP7cl43hRDJqw44mBomyCjFsAvTvGYHj8nStovql8"
    "I0Zd6udlWV5lGUZqtJkzsS5/qTAGenLwqRVALfl8kYJZVKB8yCJrMIVVmtdIppuMsywBXN"
    "w/0S8J54Iu4OXTktl87PUnSh63u1TRpQBq1UA5rlr9hm0AlXJyIpz5UkEl57GZRcapo8UR"
    "IvLUg08kCffJcca8VSi7E9v8dUXWXETdhPQQXEUh/50ktUbYM+8kUcwsu2PB0+yXXoddgB"
    "aJ+ugmCf5/JjOd/gx3Ke9GORnkKHjld2lvO5llZjfUMO34CkCo4Ux5aBl3ZKyNMGzyw7Ld"
    "bpJJFOLBg5V4yNS0ZyjV6OTcOZFdwJw0SVxHr/i7OP2Y7Khjj5cbQNJamZcnLKBqlYqvZY"
    "l8RfCaXvG8o89FOFc/92bat8Phct84ro4QwRXvLiqIyN7kHa2Fq6bwgZYNwMTFU/ywRv+A"
    "OI4Rhag9mMYbJgfA2XtmHq2ykS/BEemO6M5NK5p5aJ6mniAn6K31Jk1f631ACUSQNwivux"
    "XKR33JCl9n/PL1YI2mB9zA1qQCLh3GJM8ZTrzzSjhPX0pwnrdiNKMKki5pNmo99sXClnGe"
    "uBtFFVwUbVmEysZbq7vn9rIwesiUb57VOa7TnGLyzbnVqmYREshO3bi4irfSf20qTOJ0K1"
    "ySzUDBO1acQbRzRCpVqr9t2/jE4v3aq/iTt1KdMK8yoRIrmxxviUly14U30FZ+VDPAaNPx"
    "qXbaVOvIMh++3923d1gv+HrNcdfFFbvUad+EdDhikCW5i/r9EWt2IXMJ/frbjjHQzZlz6c"
    "wb8hU67umg2e/e/i/Jc6iZzGt4yXMfAazhq9xMBfWpZJNZaxSUQIY6M+BspDDfv6ynGXqc"
    "tutx0RlS9bcdvX3c2l0vvxXSy3f9LBHvkww11mFyzKlmNDZNJok2tNy0oSk23uzcwSc5IQ"
    "H9vaK9BTadZOsglzn6oKuMcW7jzrdvaynT6pVf7TdoB5TVc9oPefvMe2YMll92rxhSRJWQ"
    "W8j72g+CgWXFFiZFVA/qBLysSmu2fniBJLQ0qpDSkT03J2HugwrayKVOZhXqsTC6qg4nSH"
    "1UKVxD1pd+vOGq49WCFuw32dJLZbbRDx2VUyEwT+7EvLehA/NcUQEW5Q22yOwKbqWLTNaZ"
    "UYcJ8YRjxbBjcEAFqmtaI6z+BjA34wJ4jonSwXmKUHDQojmz4aDlwb1aADnYyfyGpmTGYw"
    "CBpzRPM6sWD6EXjEHKZ40mZx9KenOut4T/fmhwdjiq+ONHZIY8fJMYsFjB3BzC8AaYRIQp"
    "oIFherVBLRDSWAA5LKlF7eW6oY6ST9euSJ6L6cf0EKU8kVKR7vF/BHRTfPBKUU1DYKalrg"
    "RPRMMS3kjnSak3arlBZ9azNktIx5vAeAB9HeTnLybsU4+QKXShZuWowLq40gkXiKQJzSqr"
    "ZJKp547UP5yXOLxpQ46wS1zsI0XC5qisKmole/DozFqWpkFPF4BNkUBK4VCrkrkGx5F2lC"
    "8MGeU0jcrW2LVZHyr5R/S73LSPm3bJDKEBqpWpCqBalakKqFUx1aqVqQqoVST1qpWigBxi"
    "VXLdxo9sNZijKBX69tUh/MoUVOfcFXL71EEHsHsvgKzmZogubSPPoyoSSPWSQd6jhcltd4"
    "Ckls/MAwSm81o6JoLD6bX59rekrA3xGel568MuZQ4XUs1QUvvV/UpLrgmOyOP+8TgGZXXg"
    "iRvOqqFY/ULii6hihkhZq0WsqylsWBa1m4lquZKq/dngRZwZp1V3RizDUzYy2Nksdff0H6"
    "xusiB/an48d8pTRbN432j+cfax9jkYrhANK44vCROujgvzPgyR4k5psxn2jOTB1rpi/PFE"
    "U8Ti/x3oI38BeAl2OkFMjJgXaEWmK9GWup3H09yt3TiEMpy/BWMhCllIrIUkei3OBHn2kL"
    "Z2alOt5EG9Q2Ks3wkup4bYupz6aW/UAm6A7jWkI15SmrHO2R6lhKGuYnDF+okvSYAhH0qE"
    "1drMLCdKIb0ylF2SZbbXaI58h8WaVbvmpSJ3ZMnZjMl3XY3DJScbZ/rw8nNRXVhiQba4pK"
    "zNpjZ9eQaR+kHLZ5i5X5AKoihpXRVaHUUliAf4oEFhmcbOlr/QPzJyb2KVDs8RiGkV8Fw6"
    "EwukxUzMDIexNmhOOG4+xTcxE/s8shG7KGENJ+hFYjPFKtKQY7/AMEsXuDOSK3MfZnobT1"
    "A/RD9XuQzESWAEHiP7ouwiPgC/i6PFHJg38l26B6jTDLHTLdYgDRkrmG6d2dWPO54brYAt"
    "MJ1LDv5EM/kZFoiPUHR15lUF5wRFwm2j2KTBlS4p9n1ophmjQRhaHT+cJy0TSXWhT0z6gQ"
    "EiWVFUOkjHmCzE0BGTM83/MiGqaRgEqh/ahCe/ibJWDOljNjZFXIJ3hsWXOsOVTdxTUmQV"
    "jBub5n/5gTUU2dSjRSnAksMHlTSKuweBxhpTbYYumqunEP4kghxGN01YN7/1mOA4muCCMX"
    "pXoGK7cd7dNQDCUgLb4Ox8l2WozLNnv37V/rawF21FvHyGUi2zIrrgNNTpFNIEolt4DtW4"
    "BuG1NXdWcwdDPLTNkHtntBpnTxOl0h370t4AvpOek6quE61Jwmgd9YiCeVXtbjKVCPR9pA"
    "X8tWIkxLO450lFjyDGUb6IRR9qWMho6B0A+01BTi4du1zYZD0VB1tWLpw4lPWSPWgjJi2W"
    "gkA34IKERlUegxK/t3fuJc0cjRaP9EGiHoS6Y2K4XYKm1mB4dY5rs5KKgyudnBoD0N17ET"
    "BNbb/4osrGsK6Yd3qn54pxwOFZu9ewDXY4RPcspuz8S0fl0jeDYb/WbjSnk5v0bHzahw5N"
    "+qbRFN3PxFjbqMEtNgXkblSEWgucXoE7r+jXzrPiZPtskIhtl1Rl6a5WCDTkot++wcvRwx"
    "/TP25yQ6JM5yjrIQRS2o+UTeYtdUm8yI3z0PQvMvxr709mC0pPCEtaOkA6EUhkq+tUjmsp"
    "zASinzAKDyNTkBJ5ohFbacJ1ieqBubR1tm7zVkTb7UCf4fsi/d9lWr87lfJ/4RbJC9Bh7V"
    "iXcwZM3GbWvQaCMRPxiya0UBGvw/ZK1Os3uj1In4HLJGc9DqduC2dxDf0fPYPt/ncTZ6n+"
    "1rlJL85SUSdpVM/39Qf0Rtnp4hd7tNOaB8nabkIlm6SqABOx2MC6z6XGLYZfKuCV/n3C3g"
    "BjGlVH2AH7Pr5hqmL/FqfAa74E2r329hCpPgeMj6SrNO4B/ssI1r2F0b10PWHXxRenXCP8"
    "qxT8qk8kdTYMq851XLe96HhYyepSjdxI1arjBi1cHGRRwCHGtOx5b+RKBPTCv+RBxKuSZs"
    "MtPYPRxq0QDhmQHdqILvcjBWF6bazHW4esum7tJmTo2Mly5hllCyZTgTHOHBqLIb0blmmD"
    "ycmUcV83BgjDAkK9ty6ScyWjo83JA3wTHBDFM2hV74t5tperjquRfHjM4Qug5IO+uU7E9E"
    "hyUqQ5uXVN/xryV9G156ia1Jdd4xWWUx61OZuHQ41wRlVovsGhZ1kcdLG1plh0VdJPy0vd"
    "WsyJQNkcggnaj2mdpzI6NyQD7BI9pDmSfx2e8t5SsKFOJzyJSr1qAL5+KzHBJGhAdIjslG"
    "V/gErXSDl27w0js64QYvTW7SB+mEfZBeSHp3EfH7p7M0Ad6/V9skwzuilZFXem8QfAym3V"
    "p75Tt+/bCgzhgXVcfUtNg98QVSXlYM5WCT3jt+JXNYoXUQ3NLygx3sObkEZQ6mlJNfnCuW"
    "cvIRBQ+Z5kmmeXrx+SpTCpdqNKQc8Yo3BylHvC454obOx5wjzpQmvBZ5ZIondc4bF0gyLB"
    "j9MFvvoHs7cPBelzVud4NLzBLpddMzC+/YT6pksClcWAoIL869SgHhiAKCdN+WQcKnBO16"
    "JyoGbIxMOoVt5ASdkKLxmYxgWGd5kshuZQNjU6tMEZgZyWG2JoXJnwumQVaWrXtBjtwd6g"
    "cnquJNY+dy0WwtmSAVumVYRiS/dtT9TxZCkBry/UEY1ZBf5FGQX2Trxy9Sqp2bll0E3TVB"
    "FVTiUXQ35R72wf05E9ufE9BK/XeF9d8J5vylGEgbuK90HpLf2cJGYpucnOQXa0Xmy8lM2P"
    "cDhwBnZi1NnYwp5ryIZNJAx36HTlwLHQQwYSD3+decWZ2MhE8/d8XXyNTOqll2rIfmclDw"
    "48okX1sOHkHytUdkw54TlPmsgMxjeUW3Ov1B7+5G6QwwS4F/zCMyuXe0+MS4TMx60OAZD/"
    "wcCfF162V8piWnvAb3Yx5wP2aD+zEBrtg7kvBuD/4OKJ8d/V020Pce/i1dCaQrgXQlKCoE"
    "0PkCq/WepYkB/r2NgkDw81yvfW71spAhiGaa1kQLXAB8zTF5oHTha4/9Esh+LnEM9g0IOV"
    "/+a7/b4e7EI084GRHNpmk66uM9WCq6pUAgdxSp6D4woJJ9l67gLz5fD+IKHmy1RYCPUlVi"
    "lksf/FMZDWmDyC9+hHJKpUkg0ZRTG6wRQcMCKcUpc+0nNA+I+EP9ntrwDekj9dML6TXv1C"
    "vclZ48vHg3POeQSDIQJB1CQ4NPQMZPtWjecRA7urYOfRg8kRCZa/YDdX8AsQReIOzjR/jB"
    "OlXxnaoRh8JbApL3Pz7Bg2w6sYAU30b+NHg3TU6GooxOXc0wneBrGK5DUOkKX5nqDhlTx9"
    "BpHRoKbj4QiN7MrUeKZhMgXtkGyH1eliVNd4bMcLH36XcVX+qgdwwIxYyGCFfw40Cwclz/"
    "l62fAD8Oy7YHydEt0YD/UCJ+KM4nkYtpyHh+JRC8eCMH41FBgGMWwW9AViCePcAbwPjXgt"
    "Gj9gIGERBxqWk63BA0x0cD+La1Ito9/trc9h0f8DOY7sm78QLeqY1snCIO1mBMeqonWwej"
    "nePxiaJZG4jjTsNrpGQeeSmWnuB2XMT/2H8REohmltoOk+xUZrtsSO67znblbX+Xd9/qBP"
    "6hta/dRltfuw3HX7o9oGm0FbiyPh6yZvd3pafyK5i8dX0yZFet31tXSueqTvyjIesprc7v"
    "wN8pV2pwO+Uithzc9Tpq91pd51JPXMJM6gMFNc5opRRHPNM6T7SO360z6LUu7wZeZtngbM"
    "iQC73qNb5ix8Ex0Nz1ekqn+U1V/oAXrfMZ+kpc4hnfO/1r+K2tDs/67p+E7nTvBqFbcAYY"
    "3rZbcJF/4FkLf8w1XhBHQ3aj9D5jNirxCW2+3Vx226r/TSKnQ9a9xd+idm8V+Bahk/UdkI"
    "L6yvoWP1vfU/5Qes1W6LZ/Yd2i0e+3PneEEThxKdTPbav3LdQLnuL4wVToi2ETR+WwC0c5"
    "hehLjCJgxjYTodok/pXnRd6L4RLEucSe4romZ5MLo5hC+qqhLEXk1emo44ro41GwUXfGN4"
    "NcohxF+a8l8N6GmxJ5td0RJEwrCwFs8wSxjTQmfjvKa0IJ8RaIp5TuVM3Cp3udAOcvxFKK"
    "YjenxC7sAvKLlGwqG6gHrdnk6X93WikC0te5WBRYjT0lfjHT9JpEmqWLW0eZlTars+H220"
    "usi2PtWEs7jZ/Lp0QMqI+3XJ/dNDp3ngqngCpRUNWJ+Byy1s0t1xOKT1TQ9eAABGNVVD5E"
    "JV30ypDdthtwHf+XQ4EkjGpFBfYwkSw3EN1SQxa5AnxLjKwK61B06n7IUyfjQ3aZjA+JKh"
    "nwuKmhpxuErk1Ly1jqo2QxoKdId3pQb+JYuneXbYXc9oBzwTp0kUVe3IyyMT0FVsbYboqu"
    "BqpNHw26SmK9sWBDnFTWayhQryHul1BgPUkhraA4dBBnUoMtlq6qG/fUKbSEx+kqiPf+F/"
    "GQ81MKB7LNjzFGLR0ZS+fImDrW45SlLJvbjJFJs8WpZZE8PSZexqoeCNiwE2WhJSBCJpcA"
    "GQF8/AjglEV3DwA3gp5OcqXdim50p8mBrf+y7wHcYjWxy7k2bAU4tjiWKn69xTWFZymxI9"
    "6d2qawEaFnLBAxMjVMKmLFMZ6Al6kC3KxQ8ec6WQhlBEZ9uFj2meuD7Pn6fEHtmbZwyJLp"
    "FksJTz/gc1JCGWTk+UszL9LFXwozpw0qrlYFEQ2RSDjT4Cwa0R8hqqBm8PziIo8m9uJiQx"
    "30i4R7imXP0/SCG2BeU1QQ4/1bf+fAe+HzEwhne0qESKpgpDy6s4Sb6m+V01fCTfe4KtXk"
    "PrvtKbz8/FWdrA959NJ1q3eDV9eHQ3bXuep2lDoRn0N23Wi1sYn4jPPeL/OSLGwLAJwXeU"
    "lCJPIl2T23RTE7QZRKsi0yYcgrtbOtNQ07jnWMfA+jfULr2akNtlAf7TbSEVo5zGUe5tOw"
    "SJ6Gpfc0TWdltO2UOneusDD0+AuVYX7Am7XtFgjVtlYFrBCYn4gXtUClT10kVvLtBDU/ix"
    "MZU0xX6/gXHLKyLXZPVoY7IyI7E09cNeJZm0aeRCFS1/KMtumWiSM+OzXxkgAMvpA3I0yD"
    "iVdEs12ZR/elV76atGYcU+TyJ38UzcxkRet3RSYqSvpC8wUkP5Z+8+Nh+fZEgHwFGsiO8r"
    "VO4N+Q/dbpfu3UCf8YstbnTreH6kXvAPP6XN/1FZ61iR/glWa3dyUuiaNyaCFlXNGxXNI5"
    "61NE27smqAK6x9b1+szlDup1GR29I+YuIFsEb799mRf98oId+CAWZa4TlNLxOS16OZA2c0"
    "uMMTopuWxWi63x2oNaLHD8PE1ktyrF4pOrVEqxBrWNyewsRSPm3altUodpQZttmrBsWPfs"
    "5ZopAqa+2ikCoDeGz9MHlV6Szlb8oPd4av2ObKkiRFIJnuAIvmz4UhVA2GteQXTf5YrZfr"
    "chZvtdMmYbnujSNMkYtdWZZm6fJG76NCYu+X/ENJwT3qbSwEUwNvO3cVY2xilgB5dprMIx"
    "N7O//z/7z8Qp"
)
