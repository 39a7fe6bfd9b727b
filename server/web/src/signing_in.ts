// The form in which a reader says who asks. What is written there stays in the page: it ends with it.
import type { Credentials } from "./asking";

/** The element with an id. The page has it: it is written there. */
export function element<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** Calls back with what was written, each time that the form is sent. */
export function onSignIn(signIn: (who: Credentials) => void): void {
  element<HTMLFormElement>("sign-in").addEventListener("submit", (event) => {
    event.preventDefault();
    signIn({ token: written("token"), purpose: written("purpose"), caseNumber: written("case-number") });
  });
}

function written(id: string): string {
  return element<HTMLInputElement>(id).value.trim();
}
