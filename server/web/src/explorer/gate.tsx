// Nobody gets past here without a token: the sign-in, or, for whoever has signed in, what lies behind it.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Credentials } from "../asking";
import { wipe } from "./address";
import { forget, keep, whoIsSignedIn } from "./signed_in";
import { SignIn } from "./sign_in";

/** Somebody who is signed in, until the service refuses them or they leave. */
export interface Session {
  who: Credentials;
  onRefused: (code: string, sentence: string) => void;
  onSignOut: () => void;
}

interface Properties {
  name: string;
  /** What a person is told that they can do here. */
  purpose: string;
  children: (session: Session) => ComponentChildren;
}

/** What nobody can be helped with but by signing in anew. */
export const SIGNED_OUT: ReadonlySet<string> = new Set(["UNAUTHENTICATED", "PURPOSE_REQUIRED"]);

export function Gate({ name, purpose, children }: Properties) {
  const [who, setWho] = useState(whoIsSignedIn);
  const [refusal, setRefusal] = useState<{ code: string; sentence: string } | null>(null);
  const [left, setLeft] = useState(0);
  const signOut = (): void => {
    forget();
    setWho(null);
  };
  const leave = (): void => {
    signOut();
    setLeft(left + 1);
  };
  useEffect(() => {
    if (left) wipe(); // what lay behind has ended by now, and writes no address any more
  }, [left]);
  useEffect(() => {
    const arrived = (): void => {
      const given = whoIsSignedIn();
      if (given) setWho((before) => (before?.token === given.token ? before : given));
    };
    addEventListener("hashchange", arrived);
    return () => removeEventListener("hashchange", arrived);
  }, []);
  if (!who) {
    const signIn = (given: Credentials): void => {
      setRefusal(null);
      setWho(keep(given));
    };
    const asked = refusal?.code === "PURPOSE_REQUIRED";
    return <SignIn name={name} sentence={purpose} refusal={refusal?.sentence ?? null} purpose={asked} onSignIn={signIn} />;
  }
  const refused = (code: string, sentence: string): void => {
    setRefusal({ code, sentence });
    signOut();
  };
  return <>{children({ who, onRefused: refused, onSignOut: leave })}</>;
}
