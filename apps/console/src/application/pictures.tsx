import { pathOf } from "@valet/client";
import { type TaskDetail, getPictureRoute } from "@valet/contracts";
import { pictureStrings } from "../strings/application-strings.ts";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";

/** What the browser showed at the moments that matter. */
export function Pictures({ task: { id, evidence } }: { readonly task: TaskDetail }) {
  const now = useNow("half-minute");
  const pictures = evidence.filter(({ kind }) => kind.startsWith("screenshot_"));
  if (pictures.length === 0) return null;
  return (
    <section className="card panel">
      <h2>{pictureStrings.title}</h2>
      <ul className="pictures">
        {pictures.map(({ kind, storageKey, at }) => {
          const name = storageKey.split("/").at(-1) ?? "";
          // A later picture of the same moment has the same name.
          const address = `${pathOf(getPictureRoute, { id, name })}?at=${encodeURIComponent(at)}`;
          const words = pictureStrings.of(kind);
          return (
            <li key={storageKey}>
              <a href={address} target="_blank" rel="noreferrer" className="picture">
                <img src={address} alt={words} loading="lazy" />
                <span className="small">
                  {words}, <time dateTime={at}>{clockWords(at, now)}</time>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
