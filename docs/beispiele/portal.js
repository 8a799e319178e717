// Was die eigene Seite mit dem Ergebnis anfängt. Antworten stehen nie im Ereignis, nur die Zahlen.
const check = document.querySelector("qm-check");
const stand = document.querySelector("#stand");

check.addEventListener("qm-result", ({ detail }) => {
  const { fulfilled, violated, open } = detail.summary.total;
  stand.textContent = `Schnell-Check: ${fulfilled} erfüllt, ${violated} nicht erfüllt, ${open} offen.`;
});

check.addEventListener("qm-error", ({ detail }) => {
  stand.textContent = `Der Schnell-Check meldet ein Problem (${detail.kind}).`;
});
