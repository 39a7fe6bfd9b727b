// The explorer: signing in, then search and record beside canvas or table. Which app serves it, the Source says.
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Credentials } from "../asking";
import { Canvas } from "./canvas";
import { Exploring } from "./exploring";
import type { Picture } from "./picture";
import { RecordPage } from "./record";
import { Search } from "./search";
import { forget, keep, whoIsSignedIn } from "./signed_in";
import { SignIn } from "./sign_in";
import type { Brief, Source } from "./source";
import { Toolbar, toolsOf } from "./toolbar";
import { counted } from "./words";
import "./look.css";

interface Properties {
  name: string;
  connect: (who: Credentials, onVersion: (version: string) => void) => Source;
}

export function App({ name, connect }: Properties) {
  const [who, setWho] = useState(whoIsSignedIn);
  const [refusal, setRefusal] = useState<{ code: string; sentence: string } | null>(null);
  const signOut = (): void => {
    forget();
    setWho(null);
  };
  if (!who) {
    const signIn = (given: Credentials): void => {
      setRefusal(null);
      setWho(keep(given));
    };
    const purpose = refusal?.code === "PURPOSE_REQUIRED";
    return <SignIn name={name} refusal={refusal?.sentence ?? null} purpose={purpose} onSignIn={signIn} />;
  }
  const refused = (code: string, sentence: string): void => {
    setRefusal({ code, sentence });
    signOut();
  };
  return <Desk name={name} who={who} connect={connect} onRefused={refused} onSignOut={signOut} />;
}

interface DeskProperties extends Properties {
  who: Credentials;
  onRefused: (code: string, sentence: string) => void;
  onSignOut: () => void;
}

function Desk({ name, who, connect, onRefused, onSignOut }: DeskProperties) {
  const exploring = useMemo(() => new Exploring(connect(who, () => undefined)), [who]);
  const [picture, setPicture] = useState<Picture | null>(null);
  useEffect(() => void exploring.begin(), [exploring]);
  const trouble = exploring.trouble.value;
  useEffect(() => {
    if (trouble?.code === "UNAUTHENTICATED" || trouble?.code === "PURPOSE_REQUIRED") onRefused(trouble.code, trouble.sentence);
  }, [trouble]);
  const about = exploring.about.value;
  const { records, links } = exploring.shown.value;
  return (
    <div class="desk">
      <header class="top">
        <a class="name" href="/">{name}</a>
        {about && <span class="quiet">{about.lines[0]?.[1]}</span>}
        <button type="button" onClick={onSignOut}>Sign out</button>
      </header>
      <aside class="side">
        <Finding exploring={exploring} />
      </aside>
      <main>
        <Toolbar tools={toolsOf(exploring, picture)} />
        {trouble && (
          <p class="trouble" role="alert">
            {trouble.sentence} {trouble.again && <button type="button" onClick={trouble.again}>Try again</button>}
          </p>
        )}
        <div class="stage">
          <Canvas exploring={exploring} onReady={setPicture} />
          {!records.size && <p class="empty">Search for a record, and it will stand here with its links to follow.</p>}
        </div>
        <p class="said quiet" role="status">
          <span>{counted(records.size, "record")}, {counted(links.size, "link")}</span> <span>{exploring.said.value}</span>
        </p>
      </main>
      <footer class="caveat">{about?.caveat}</footer>
    </div>
  );
}

function Finding({ exploring }: { exploring: Exploring }) {
  const open = exploring.open.value;
  return (
    <>
      <Search exploring={exploring} onOpen={(brief: Brief) => void exploring.start(brief)} />
      {open && (
        <section class="opened">
          <button type="button" class="back" onClick={() => exploring.close()}>← Results</button>
          <RecordPage exploring={exploring} />
        </section>
      )}
    </>
  );
}
