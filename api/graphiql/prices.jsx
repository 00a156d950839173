import { createClient } from "graphql-ws";
import { useEffect, useState } from "react";

import { DEMO_TICKERS } from "./examples.js";

const TAPE =
  "subscription Tape($tickers: [String!]!) { priceUpdate(tickers: $tickers) { ticker price changePercent } }";

export function LivePrices({ url }) {
  const [quotes, setQuotes] = useState({});
  useEffect(() => {
    const client = createClient({ url, retryAttempts: Infinity });
    client.subscribe(
      { query: TAPE, variables: { tickers: DEMO_TICKERS } },
      {
        next({ data }) {
          const quote = data?.priceUpdate;
          if (quote?.ticker) setQuotes((before) => ({ ...before, [quote.ticker]: quote }));
        },
        error: () => setQuotes({}),
        complete: () => {},
      },
    );
    return () => client.dispose();
  }, [url]);

  return (
    <ul className="live-prices" aria-label="Live prices">
      {DEMO_TICKERS.filter((ticker) => quotes[ticker]).map((ticker) => (
        <Price key={ticker} {...quotes[ticker]} />
      ))}
    </ul>
  );
}

function Price({ ticker, price, changePercent }) {
  const change = Number(changePercent ?? 0);
  const sign = change < 0 ? "▼" : "▲";
  return (
    <li>
      {ticker} <b>{Number(price).toFixed(2)}</b>
      <span className={change < 0 ? "down" : "up"}>
        {sign} {Math.abs(change).toFixed(2)} %
      </span>
    </li>
  );
}
