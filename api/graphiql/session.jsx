import { pick, useGraphiQL } from "@graphiql/react";
import { useEffect, useRef, useState } from "react";

import { DEMO_EMAIL, DEMO_PASSWORD, NO_PORTFOLIO } from "./examples.js";
import { LivePrices } from "./prices.jsx";

const SESSION =
  "session { accessToken accessTokenExpiresAt refreshToken user { displayName email } } userErrors { message }";
const SIGN_IN = `mutation SignIn($input: LoginInput!) { answer: login(input: $input) { ${SESSION} } }`;
const STAY = `mutation Stay($input: RefreshSessionInput!) { answer: refreshSession(input: $input) { ${SESSION} } }`;
const SIGN_OUT = "mutation SignOut { logout { done } }";
const FIRST_PORTFOLIO = "query FirstPortfolio { viewer { id portfolios(first: 1) { edges { node { id } } } } }";

// The token lives 15 minutes; it is renewed this long before its end.
const RENEW_BEFORE_MS = 60_000;

async function ask(url, query, variables, token) {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json, application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

async function openSession(url, mutation, input) {
  const { answer } = await ask(url, mutation, { input });
  if (!answer?.session)
    throw new Error(
      answer?.userErrors[0]?.message ?? "This account asks for a second factor: sign in by the Login document.",
    );
  return answer.session;
}

// Keeps the Authorization header of the active tab at the present token, unless the user wrote another one there.
function useTokenInHeaders(token) {
  const { headerEditor, activeTabIndex, tabs } = useGraphiQL(pick("headerEditor", "activeTabIndex", "tabs"));
  const issued = useRef(new Set());
  useEffect(() => {
    if (!headerEditor) return;
    if (token) issued.current.add(`Bearer ${token}`);
    let headers;
    try {
      headers = JSON.parse(headerEditor.getValue() || "{}");
    } catch {
      return; // half typed by the user: it is theirs
    }
    const { Authorization: present, ...rest } = headers;
    if (present && !issued.current.has(present)) return;
    const wanted = token ? { Authorization: `Bearer ${token}`, ...rest } : rest;
    if (present !== wanted.Authorization) headerEditor.setValue(JSON.stringify(wanted, null, 2));
  }, [token, headerEditor, activeTabIndex, tabs.length]);
}

function usePortfolioInVariables(portfolioId) {
  const { variableEditor, activeTabIndex } = useGraphiQL(pick("variableEditor", "activeTabIndex"));
  useEffect(() => {
    const text = variableEditor?.getValue();
    if (portfolioId && text?.includes(NO_PORTFOLIO)) variableEditor.setValue(text.replace(NO_PORTFOLIO, portfolioId));
  }, [portfolioId, variableEditor, activeTabIndex]);
}

export function SessionBar({ url, subscriptionUrl, demo }) {
  const [session, setSession] = useState(null);
  const [portfolioId, setPortfolioId] = useState(null);
  const [problem, setProblem] = useState("");
  useTokenInHeaders(session?.accessToken);
  usePortfolioInVariables(portfolioId);

  useEffect(() => {
    if (!session) return undefined;
    const wait = Date.parse(session.accessTokenExpiresAt) - Date.now() - RENEW_BEFORE_MS;
    const renew = () =>
      openSession(url, STAY, { refreshToken: session.refreshToken }).then(setSession, (error) => {
        setSession(null);
        setProblem(error.message);
      });
    const timer = setTimeout(renew, Math.max(wait, 1_000));
    return () => clearTimeout(timer);
  }, [url, session]);

  async function signIn(event) {
    event.preventDefault();
    const input = Object.fromEntries(new FormData(event.currentTarget));
    try {
      const opened = await openSession(url, SIGN_IN, input);
      setSession(opened);
      setProblem("");
      const { viewer } = await ask(url, FIRST_PORTFOLIO, {}, opened.accessToken);
      setPortfolioId(viewer?.portfolios.edges[0]?.node.id ?? null);
    } catch (error) {
      setProblem(error.message);
    }
  }

  function signOut(event) {
    event.preventDefault();
    ask(url, SIGN_OUT, {}, session.accessToken).catch((error) => setProblem(error.message));
    setSession(null);
  }

  return (
    <header className="session-bar">
      <strong>Foliograph</strong>
      {demo && <LivePrices url={subscriptionUrl} />}
      {problem && <span role="alert">{problem}</span>}
      {session ? (
        <form onSubmit={signOut}>
          <span>
            Signed in as <b>{session.user.displayName ?? session.user.email}</b>; the token stands in the headers
          </span>
          <button type="submit">Sign out</button>
        </form>
      ) : (
        <form onSubmit={signIn}>
          <input
            name="email"
            type="email"
            autoComplete="username"
            placeholder="e-mail"
            aria-label="E-mail"
            required
            defaultValue={demo ? DEMO_EMAIL : ""}
          />
          <input
            name="password"
            type="password"
            autoComplete="current-password"
            placeholder="password"
            aria-label="Password"
            required
            defaultValue={demo ? DEMO_PASSWORD : ""}
          />
          <button type="submit">Sign in</button>
        </form>
      )}
    </header>
  );
}
