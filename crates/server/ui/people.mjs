// How do people see to who comes in? Each form names what it asks of the API; its fields are what is sent.

import { del, post, put } from "./api.mjs";
import { renew, tell, trouble } from "./workbench.mjs";

const asked = { POST: post, PUT: put, DELETE: del };

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.act")) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  if ("days" in fields) fields.days = Number(fields.days);
  try {
    const answer = await asked[form.dataset.method](form.dataset.path, fields);
    await renew();
    if (answer?.secret) {
      const place = document.querySelector(".secret");
      place.querySelector("output").textContent = answer.secret;
      place.hidden = false;
    }
    tell(form.dataset.told);
  } catch (problem) {
    trouble(problem);
  }
});
