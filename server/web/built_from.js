// Writes down of which sources server/static was built: a hash over them, which tests/test_pages.py compares.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const sources = readdirSync(here, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(here.length + 1))
  .filter((name) => !name.startsWith("node_modules/"))
  .sort();
const hash = createHash("sha256");
for (const name of sources) {
  const text = readFileSync(join(here, name));
  hash.update(`${name} ${text.length}\n`).update(text);
}
writeFileSync(join(here, "../static/built_from.txt"), `${hash.digest("hex")}\n`);
