import { createRoot } from "react-dom/client";

export const departments = ["Engineering", "Design", "Finance", "Human Resources"];

/** What the page's own code believes was chosen; tests compare it with what was read back. */
export function report(value) {
  document.body.dataset.state = JSON.stringify(value ?? null);
}

/** One widget between two plain fields, as in a form. */
function Stage({ children }) {
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <p>
        <label htmlFor="given">First name</label>
        <input id="given" name="given" />
      </p>
      <div className="field">{children}</div>
      <p>
        <label htmlFor="city">City</label>
        <input id="city" name="city" />
      </p>
      <button type="submit">Submit application</button>
    </form>
  );
}

export function show(widgets) {
  const Widget = widgets[new URLSearchParams(location.search).get("w")];
  createRoot(document.getElementById("root")).render(
    <Stage>
      <Widget />
    </Stage>,
  );
}

/** For libraries that take over an element: `build` gets the box of the field. */
export function showPlain(widgets) {
  const build = widgets[new URLSearchParams(location.search).get("w")];
  document.getElementById("root").innerHTML = `<form onsubmit="return false">
    <p><label for="given">First name</label><input id="given" name="given"></p>
    <div class="field"></div>
    <p><label for="city">City</label><input id="city" name="city"></p>
    <button type="submit">Submit application</button></form>`;
  build(document.querySelector(".field"));
}
