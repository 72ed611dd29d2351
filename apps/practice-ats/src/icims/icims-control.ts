import type { FormField } from "../form-field.ts";
import { html, type Html } from "../html.ts";

const nothing = "— Make a Selection —";

/** A list the portal draws itself beside the browser's own, which it hides and keeps in step. */
export function icimsControl(
  { id, choices, required }: FormField,
  { isSearched, value }: { readonly isSearched: boolean; readonly value: string },
): Html {
  // One that is searched gets its options from the server, as one types.
  const offered = isSearched ? choices.filter((one) => one.value === value) : choices;
  return html`<select
      id="${id}"
      name="${id}"
      class="dropdown-hide"
      tabindex="-1"
      hidden
      ${required && html`aria-required="true"`}
    >
      <option value="">${nothing}</option>
      ${offered.map(
        (one) =>
          html`<option value="${one.value}" ${one.value === value ? "selected" : ""}>
            ${one.label}
          </option>`,
      )}
    </select>
    <a
      id="${id}_icimsDropdown"
      class="dropdown-select"
      href="#"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded="false"
      aria-owns="${id}_dropdown-results"
      ${required && html`aria-required="true"`}
      ><span class="dropdown-text">${value === "" ? nothing : value}</span></a
    >
    <div class="dropdown-container" id="${id}_dropdown-container" hidden>
      ${
        isSearched &&
        html`<input type="search" class="dropdown-search" autocomplete="off" aria-label="Search" />`
      }
      <ul id="${id}_dropdown-results" class="dropdown-results" role="listbox">
        ${
          !isSearched &&
          choices.map((one) => html`<li role="option" data-value="${one.value}">${one.label}</li>`)
        }
      </ul>
    </div>`;
}
