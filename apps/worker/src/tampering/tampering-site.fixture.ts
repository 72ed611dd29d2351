import { once } from "node:events";
import { type Server, createServer } from "node:http";

/** A site with one form in every kind of control, and another site beside it. */
export interface TamperingSite {
  readonly url: string;
  /** Of the other site, which shows the same form. */
  readonly otherUrl: string;
  /** Requests at either site that brought something of the person. */
  sent(): readonly string[];
  forget(): void;
  close(): Promise<void>;
}

export interface ShownForm {
  /** The number of the job. */
  readonly job: string;
  /** Where the form says that it sends itself. */
  readonly action: string;
}

export async function startTamperingSite(): Promise<TamperingSite> {
  const sent: string[] = [];
  const [site, other] = [createSite(sent), createSite(sent)];
  const url = await listen(site);
  const otherUrl = (await listen(other)).replace("127.0.0.1", "localhost");
  return {
    url,
    otherUrl,
    sent: () => sent,
    forget: () => void sent.splice(0),
    close: async () => {
      for (const server of [site, other]) {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      }
    },
  };
}

/**
 * `/jobs/N`: the form of job N · `/jobs/N/framed`: the same in a frame · `?to=`: with this action. All
 * that is not a page's GET, and every GET that carries the person's name, is written down.
 */
function createSite(sent: string[]): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://site");
    const [, , job = "42", view = ""] = url.pathname.split("/");
    const carries = request.method !== "GET" || url.search.includes("Example");
    request.resume().on("end", () => {
      if (carries) sent.push(`${request.method} ${request.headers.host}${request.url}`);
      response.setHeader("content-type", "text/html");
      response.setHeader("access-control-allow-origin", "*");
      if (carries) response.end(thanks);
      else if (view === "framed") response.end(framed(job));
      else
        response.end(
          formPage({ job, action: url.searchParams.get("to") ?? `/jobs/${job}/apply?step=1` }),
        );
    });
  });
}

const thanks = "<!doctype html><title>Thanks</title><h1>Thank you for applying</h1>";

function framed(job: string): string {
  return `<!doctype html><title>Engineer</title><h1>Engineer</h1>
<iframe src="/jobs/${job}" width="900" height="1400"></iframe>`;
}

function formPage({ job, action }: ShownForm): string {
  return `<!doctype html><title>Engineer</title><h1>Apply for Engineer</h1>
<form id="application" method="post" action="${action}" enctype="multipart/form-data">
  <input type="hidden" name="csrf_token" value="kJ8sd92LmQpX71ZbvT0a">
  <input type="hidden" name="job_id" value="${job}">
  <input type="hidden" name="source" value="careers">
  <p><label>First name <input name="first_name" required></label></p>
  <p><label>Last name <input name="last_name" required></label></p>
  <p><label>Email <input type="email" name="email" required></label></p>
  <p><label>Why do you want to work here? <textarea name="why"></textarea></label></p>
  <p><label>Notice period <select name="notice"><option value="">Choose</option>
    <option value="n1">One month</option><option value="n3">Three months</option></select></label></p>
  <fieldset><legend>Would you relocate?</legend>
    <label><input type="radio" name="relocate" value="1"> Yes</label>
    <label><input type="radio" name="relocate" value="0"> No</label></fieldset>
  <p><label for="city">City</label>
    <input id="city" name="city" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="cities">
    <ul id="cities" role="listbox" hidden><li role="option">Berlin</li><li role="option">Bern</li></ul></p>
  <p><label>Resume <input type="file" name="resume"></label></p>
  <p><label id="consent"><input type="checkbox" name="consent" value="yes"> <span>I agree that my data is kept for one year</span></label></p>
  <button name="what" value="apply">Submit application</button>
</form>
<form id="talent" method="post" action="/talent"><label>Newsletter <input name="news"></label></form>
<script>
  const city = document.getElementById("city"), list = document.getElementById("cities");
  const show = (is) => { list.hidden = !is; city.setAttribute("aria-expanded", String(is)); };
  city.addEventListener("input", () => show(true));
  city.addEventListener("click", () => show(true));
  city.addEventListener("blur", () => setTimeout(show, 0, false));
  for (const option of list.children) option.addEventListener("mousedown", () => { city.value = option.textContent; show(false); });
</script>`;
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}
