// The page of somebody who is not signed in: a token, and where it is required, the purpose and the case number.
import { useState } from "preact/hooks";
import type { Credentials } from "../asking";

interface Properties {
  name: string;
  /** What a person is told that they can do here. */
  sentence: string;
  refusal: string | null;
  purpose: boolean;
  onSignIn: (who: Credentials) => void;
}

export function SignIn({ name, sentence, refusal, purpose, onSignIn }: Properties) {
  const [who, setWho] = useState<Credentials>({ token: "", purpose: "", caseNumber: "" });
  const write = (key: keyof Credentials) => (event: { currentTarget: HTMLInputElement }) =>
    setWho({ ...who, [key]: event.currentTarget.value });
  const send = (event: Event): void => {
    event.preventDefault();
    onSignIn({ token: who.token.trim(), purpose: who.purpose.trim(), caseNumber: who.caseNumber.trim() });
  };
  return (
    <main class="sign-in">
      <h1>{name}</h1>
      <p>{sentence}</p>
      {refusal && <p class="error" role="alert">{refusal}</p>}
      <form onSubmit={send} autocomplete="off">
        <label>
          Token
          <input type="password" required autocomplete="off" spellcheck={false} value={who.token} onInput={write("token")} autofocus />
        </label>
        <details open={purpose}>
          <summary>If your agreement asks why</summary>
          <label>Purpose <input maxLength={200} value={who.purpose} onInput={write("purpose")} /></label>
          <label>Case number <input maxLength={200} value={who.caseNumber} onInput={write("caseNumber")} /></label>
        </details>
        <button class="first">Sign in</button>
      </form>
      <p class="quiet">The token stays in this tab and ends with it. What you ask is recorded with your name.</p>
    </main>
  );
}
