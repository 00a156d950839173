// Live prices, by the driver's command: a line {"rate": ticks a second, "seconds": …} on standard input.
import { createInterface } from "node:readline";

import { instruments } from "./model.js";

const STEP_MS = 2;
const OWED_SECONDS = 0.05; // what a busy server could not publish in this time is never published
const LIVE = [...instruments.values()].slice(0, 26);
const STAMP_BASE = 10n ** 15n; // makes every stamp 16 digits long

class Mailbox {
  #events = [];
  #waiting = null;

  push(event) {
    if (this.#waiting) {
      const resolve = this.#waiting;
      this.#waiting = null;
      resolve(event);
    } else {
      this.#events.push(event);
    }
  }

  next() {
    return this.#events.length ? this.#events.shift() : new Promise((resolve) => (this.#waiting = resolve));
  }
}

const listeners = new Map(LIVE.map(({ symbol }) => [symbol, new Set()]));
let sequence = 0;

function priceEvent(kind, instrument) {
  const quote = instrument.quote;
  return {
    eventId: `bench-${sequence}`,
    kind,
    ticker: instrument.symbol,
    price: quote.price,
    change: quote.change,
    changePercent: quote.changePercent,
    volume: quote.volume,
    at: quote.at,
    quote,
  };
}

export async function* priceUpdate(_, { tickers }) {
  const mailbox = new Mailbox();
  for (const ticker of tickers) listeners.get(ticker).add(mailbox);
  try {
    for (const ticker of tickers) yield { priceUpdate: priceEvent("SNAPSHOT", instruments.get(ticker)) };
    for (;;) yield { priceUpdate: await mailbox.next() };
  } finally {
    for (const ticker of tickers) listeners.get(ticker).delete(mailbox);
  }
}

function tick(instrument) {
  sequence += 1;
  const previous = Number(instrument.quote.previousClose);
  const price = previous + ((sequence % 400) - 200) / 100;
  instrument.quote = {
    ...instrument.quote,
    price: price.toFixed(2),
    change: (price - previous).toFixed(2),
    changePercent: ((price - previous) / previous) * 100,
    volume: String(STAMP_BASE + process.hrtime.bigint() / 1000n),
    at: new Date().toISOString(),
  };
  const event = priceEvent("CHANGE", instrument);
  for (const mailbox of listeners.get(instrument.symbol)) mailbox.push(event);
}

function publish({ rate, seconds }) {
  const begun = performance.now();
  let published = 0;
  let passedOver = 0;
  const timer = setInterval(() => {
    const elapsed = Math.min((performance.now() - begun) / 1000, seconds);
    let owed = Math.floor(elapsed * rate) - published - passedOver;
    const most = Math.max(1, Math.floor(rate * OWED_SECONDS));
    if (owed > most) {
      passedOver += owed - most;
      owed = most;
    }
    for (; owed > 0; owed -= 1) tick(LIVE[published++ % LIVE.length]);
    if (elapsed >= seconds) {
      clearInterval(timer);
      console.log(JSON.stringify({ published }));
    }
  }, STEP_MS);
}

export function obeyDriver() {
  createInterface({ input: process.stdin })
    .on("line", (line) => publish(JSON.parse(line)))
    .on("close", () => process.exit(0));
}
