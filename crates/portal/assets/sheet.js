// Makes the field sheet quicker: what is typed is sent at once, and what the service makes of it is shown. All arithmetic is the service's.
(() => {
  const form = document.getElementById("sheet");
  if (!form) return;
  let waiting = null;
  let asked = 0;
  const ask = async () => {
    const turn = ++asked;
    const answer = await fetch(form.getAttribute("action") + "/live", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(new FormData(form)),
    }).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const here of document.querySelectorAll("[data-live]")) {
      const there = fresh.getElementById(here.id);
      if (!there || there.innerHTML === here.innerHTML) continue;
      const open = [...here.querySelectorAll("details")].map((one) => one.open);
      here.replaceChildren(...there.childNodes);
      here.querySelectorAll("details").forEach((one, place) => { one.open = open[place] === true; });
    }
    let filled = false;
    for (const field of form.querySelectorAll("input, select")) {
      const there = field.id && fresh.getElementById(field.id);
      if (!there) continue;
      const wrong = there.getAttribute("aria-invalid");
      if (wrong) field.setAttribute("aria-invalid", wrong); else field.removeAttribute("aria-invalid");
      // What the certificates of the standards say appears in fields that are still blank.
      if (field.classList.contains("number") && field.value === "" && there.value !== "" && field !== document.activeElement) {
        field.value = there.value;
        filled = true;
      }
    }
    if (filled) ask();
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
})();
