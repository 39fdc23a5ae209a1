// Shows what follows from a model while it is typed: the text is sent after a pause, and the answer replaced. All arithmetic is the service's.
(() => {
  const form = document.getElementById("model-form");
  if (!form) return;
  const field = form.querySelector("textarea");
  const parts = ["model-said", "model-answer"];
  let waiting = null;
  let asking = null;
  const ask = async () => {
    asking?.abort();
    const turn = new AbortController();
    asking = turn;
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(new FormData(form)),
        signal: turn.signal,
      });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn.signal.aborted) return;
      for (const id of parts) {
        const here = document.getElementById(id);
        const there = fresh.getElementById(id);
        if (here && there && here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
      }
      const typed = fresh.getElementById(field.id);
      for (const name of ["aria-invalid", "aria-describedby"]) {
        const value = typed?.getAttribute(name);
        if (value) field.setAttribute(name, value); else field.removeAttribute(name);
      }
    } catch {
      // What was asked later answers, or the button does.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  });
})();
