// Light or dark: as the system has it, or as was chosen here, for as long as the tab is open.
import { useEffect, useState } from "preact/hooks";

const KEY = "caselink-look";
const LOOKS = ["system", "light", "dark"] as const;

type Look = (typeof LOOKS)[number];

export function LookSwitch({ onChange }: { onChange: () => void }) {
  const [look, setLook] = useState<Look>(() => LOOKS.find((each) => each === sessionStorage.getItem(KEY)) ?? "system");
  useEffect(() => {
    document.documentElement.dataset["look"] = look;
    sessionStorage.setItem(KEY, look);
    onChange();
  }, [look, onChange]);
  useEffect(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", onChange);
    return () => system.removeEventListener("change", onChange);
  }, [onChange]);
  return (
    <label class="look">
      <span class="unseen">Look</span>
      <select value={look} onChange={(event) => setLook(event.currentTarget.value as Look)}>
        {LOOKS.map((each) => <option key={each} value={each}>{each === "system" ? "as the system" : each}</option>)}
      </select>
    </label>
  );
}
