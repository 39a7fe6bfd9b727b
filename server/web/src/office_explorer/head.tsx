// What stands in the head of every page of the office: where one can go, and who is there.
import type { AgreementName, Officer } from "./office_source";

/** Who asks, and by which agreements he can look. */
export interface Known {
  officer: Officer;
  agreements: readonly AgreementName[];
}

interface Place {
  path: string;
  name: string;
}

/** here: the page of work that is open; undefined where one explores. */
export function Nav({ pages, here }: { pages: readonly Place[]; here: Place | undefined }) {
  return (
    <nav aria-label="Pages">
      <a href="/" aria-current={here ? undefined : "page"}>Explore</a>
      {pages.map(({ path, name }) => (
        <a key={path} href={path} aria-current={here?.path === path ? "page" : undefined}>{name}</a>
      ))}
    </nav>
  );
}

export function Who({ officer }: { officer: Officer }) {
  const roles = officer.roles.map((role) => role.toLowerCase()).join(", ");
  return <span class="who quiet" title={`Office ${officer.office}`}>{officer.user}, {roles}</span>;
}
