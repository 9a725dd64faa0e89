// How does the workbench ask and change? By the HTTP API, and nothing else.

/** What the API answered instead of what was asked for. */
export class Problem extends Error {
  constructor(problem) {
    super(problem.detail || problem.title);
    this.title = problem.title;
    this.status = problem.status;
  }
}

async function sent(method, path, body) {
  const options = { method, headers: { accept: "application/json" }, credentials: "same-origin" };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["content-type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(`/api/v1${path}`, options);
  } catch {
    throw new Problem({ title: "No answer", status: 0, detail: "sayso does not answer. Is `sayso serve` still running? Nothing was changed." });
  }
  if (response.status === 204) return undefined;
  const answer = await response.json().catch(() => ({ title: "No answer", status: response.status, detail: response.statusText }));
  if (!response.ok) throw new Problem(answer);
  return answer;
}

export const get = (path) => sent("GET", path);
export const post = (path, body) => sent("POST", path, body ?? {});
export const put = (path, body) => sent("PUT", path, body);
export const del = (path) => sent("DELETE", path);
