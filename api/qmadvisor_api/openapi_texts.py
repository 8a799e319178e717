"""The words of the API's description, in German and English."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One text in both languages; the fields are named like the languages."""

    de: str
    en: str


ABOUT = Words(
    "Prüft geplante Quartiersmanagements gegen den hessischen Leitfaden (2018) und begründet jeden Befund."
    " Die API ist zustandslos: Eine Planung kommt im Rumpf der Anfrage und wird nicht gespeichert. Regeln,"
    " Fragen und Befunde sind deutsch. Fehler folgen RFC 9457 und nennen alles, was an einer Anfrage "
    "falsch ist, auf einmal. Die Befunde sind keine Rechtsberatung und keine Zusage einer Förderung.",
    "Checks planned neighbourhood management against the guideline of Hesse (2018) and gives the reason "
    "for every finding. The API is stateless: a setup comes in the body of the request and is not stored. "
    "Rules, questions and findings are German. Errors follow RFC 9457 and tell everything that is wrong "
    "with a request at once. The findings are no legal advice and no promise of funding.",
)

TAGS = {
    "check": Words("Prüfen und erklären", "Check and explain"),
    "knowledge": Words("Regeln, Fragen, Leitfaden", "Rules, questions, guideline"),
    "contract": Words("Schemata, Probleme, Version", "Schemas, problems, version"),
    "operations": Words("Betrieb", "Operations"),
}

OPERATIONS: dict[str, tuple[Words, Words]] = {
    "check": (
        Words("Planungen prüfen", "Check setups"),
        Words(
            "Nimmt eine Planung (wie eine Planungsdatei) oder eine Liste mit bis zu 100 Planungen und gibt"
            " den Bericht, bei einer Liste die Berichte in derselben Reihenfolge. Ist eine der Planungen "
            "fehlerhaft, wird keine geprüft, und alle Fehler werden genannt. Listen und große Rümpfe "
            "zählen bei der Begrenzung mehrfach. Das genaue Schema einer Planung gibt "
            "/api/v1/schema/setup; es kennt die übliche Schreibweise, gelesen werden auch andere („JA“, "
            "„mindestens 20 m²“).",
            "Takes one setup (like a setup file) or a list of up to 100 and gives the report, for a list "
            "the reports in the same order. Where one of the setups has errors none is checked, and all "
            "errors are told. Lists and large bodies count more than once for the rate limit. The exact "
            "schema of a setup is at /api/v1/schema/setup; it knows the usual notations, others are read "
            "as well.",
        ),
    ),
    "explain": (
        Words("Einen Befund erklären", "Explain a finding"),
        Words(
            "Zeigt für eine Planung, wie eine Regel zu ihrem Ergebnis kommt: jede Bedingung mit Wert und "
            "Ergebnis.",
            "Shows for one setup how one rule comes to its outcome: every condition with its value and "
            "result.",
        ),
    ),
    "roadmap": (
        Words("Fahrplan", "Roadmap"),
        Words(
            "Sagt zu einer Planung, was bis zum Ende welcher Phase noch zu tun und was zu klären ist.",
            "Says for one setup what is left to do by the end of which phase, and what is to be found out.",
        ),
    ),
    "models": (
        Words("Modelle des Quartiersmanagements", "Models of neighbourhood management"),
        Words(
            "Die Modelle des Leitfadens: wer was übernimmt, und was damit verbunden ist.",
            "The guideline's models: who takes on what, and what comes with it.",
        ),
    ),
    "rules": (
        Words("Regeln auflisten", "List rules"),
        Words(
            "Alle Regeln in der Reihenfolge des Leitfadens, oder die eines Abschnitts.",
            "All rules in the guideline's order, or those of one section.",
        ),
    ),
    "rule": (
        Words("Eine Regel", "One rule"),
        Words(
            "Eine Regel mit Bedingung, Quelle und Vorschlag.",
            "One rule with its condition, source and advice.",
        ),
    ),
    "facts": (
        Words("Fakten auflisten", "List facts"),
        Words(
            "Alle Fragen nach Themen, und was daraus errechnet wird.",
            "All questions by topic, and what is worked out.",
        ),
    ),
    "fact": (
        Words("Ein Fakt", "One fact"),
        Words(
            "Eine Frage mit Hilfe, Grenzen und Auswahl.", "One question with its help, limits and choices."
        ),
    ),
    "quick_check": (
        Words("Fragen des Schnell-Checks", "Questions of the quick check"),
        Words(
            "Die Fragen in ihrer Reihenfolge. asked_if nennt eine Ja/Nein-Frage: Nach einem Nein entscheidet die Frage "
            "nichts mehr. Antworten stehen in einer Planung unter path.",
            "The questions in their order. asked_if names a yes/no question: after a no the question decides nothing. "
            "In a setup the answers stand under path.",
        ),
    ),
    "passages": (
        Words("Passagen des Leitfadens", "Passages of the guideline"),
        Words(
            "Jede Passage mit Seite und Verbindlichkeit, und welche Regeln sie anführen.",
            "Every passage with its page and how firm it is, and which rules cite it.",
        ),
    ),
    "tasks": (
        Words("Übersicht der Aufgaben", "Overview of tasks"),
        Words(
            "Die Aufgaben aus der Anlage des Leitfadens, und welche Einträge dieselbe Aufgabe nennen.",
            "The tasks of the guideline's annex, and which of its entries name the same task.",
        ),
    ),
    "coverage": (
        Words("Abdeckung des Leitfadens", "Coverage of the guideline"),
        Words(
            "Wie viele Passagen jedes Abschnitts eine Regel anführt, und was aus den anderen wurde.",
            "How many passages of each section a rule cites, and what became of the others.",
        ),
    ),
    "parameters": (
        Words("Werte mit Datum", "Dated values"),
        Words(
            "Werte, auf denen Regeln beruhen, mit Gültigkeit und Quelle.",
            "Values that rules rest on, with validity and source.",
        ),
    ),
    "examples": (
        Words("Beispiele", "Examples"),
        Words("Planungen zum Ausprobieren.", "Setups to try out."),
    ),
    "version": (
        Words("Version", "Version"),
        Words("Was läuft: Programm, Regelwerk, Formate.", "What is running: program, rule base, formats."),
    ),
    "schema": (
        Words("JSON-Schema", "JSON Schema"),
        Words(
            "Das Schema einer Planung, eines Berichts, einer Regel oder eines Fakts (Entwurf 2020-12).",
            "The schema of a setup, a report, a rule or a fact (draft 2020-12).",
        ),
    ),
    "problems": (
        Words("Arten von Problemen", "Kinds of problems"),
        Words("Alle Werte von type mit Erklärung.", "All values of type with an explanation."),
    ),
    "problem": (
        Words("Eine Art von Problem", "One kind of problem"),
        Words("Hierher führt type.", "This is where type leads."),
    ),
    "healthz": (
        Words("Lebt der Dienst?", "Does it live?"),
        Words("Antwortet, solange der Dienst läuft.", "Answers while the service runs."),
    ),
    "readyz": (
        Words("Ist der Dienst bereit?", "Is it ready?"),
        Words("503, solange kein Rechenprozess bereit ist.", "503 while no checking process is ready."),
    ),
    "metrics": (
        Words("Zahlen für Prometheus", "Numbers for Prometheus"),
        Words("Anfragen, Zeiten, ersetzte Prozesse.", "Requests, times, replaced processes."),
    ),
}

PARAMETERS = {
    "as_of": Words("Stichtag (JJJJ-MM-TT), sonst heute.", "Day of the check (YYYY-MM-DD), else today."),
    "ignore_deviations": Words(
        "Vereinbarte Abweichungen nicht gelten lassen.", "Do not let agreed deviations count."
    ),
    "rule": Words("Kennung der Regel oder des Ratschlags.", "Id of the rule or advice."),
    "section": Words("Nur Regeln dieses Abschnitts.", "Only rules of this section."),
    "id": Words(
        "Kennung der Regel, zum Beispiel raeume.gruppenraum.", "Id of the rule, such as raeume.gruppenraum."
    ),
    "path": Words("Pfad des Fakts.", "Path of the fact."),
    "name": Words("Welches Schema, welche Art von Problem.", "Which schema, which kind of problem."),
}

ANSWERS = {
    "200": Words("Das Ergebnis.", "The result."),
    "304": Words("Unverändert seit dem angegebenen ETag.", "Not changed since the given ETag."),
}
BODY = Words("Eine Planung oder eine Liste von Planungen.", "One setup or a list of setups.")
SETUP = Words(
    "Eine Planung. Was es an Angaben gibt, steht im Schema unter externalDocs; unbekannte werden abgelehnt.",
    "A setup. What can be stated stands in the schema at externalDocs; what is unknown is refused.",
)
KEY = Words(
    "Ein Schlüssel hebt die Grenze; je nach Betreiber ist er Pflicht.",
    "A key raises the limit; some operators demand one.",
)
RETRY = Words("Sekunden bis zum nächsten Versuch.", "Seconds until the next try.")

#: German descriptions of the schemas; the English ones are the models' own.
SCHEMAS = {
    "TaskEntry": "Eine Zeile der Übersicht: wo sie steht und wie sie heißt.",
    "TaskInfo": "Eine Aufgabe; Einträge eines Teils nennen genau dasselbe, die Teile sind ähnlich.",
    "Tasks": "Die Übersicht der Aufgaben nach Bereichen und Spalten.",
    "Coverage": "Die Abdeckung aller Abschnitte und des Ganzen.",
    "PassageCounts": "Wie viele Passagen es gibt, und was aus ihnen wurde.",
    "SectionCoverage": "Die Zahlen eines Abschnitts, und die offenen Passagen.",
    "KnownDate": "Ein Datum, das die Planung nennt, soweit es bekannt ist.",
    "ModelInfo": "Ein Modell des Leitfadens: wer was übernimmt, und was damit verbunden ist.",
    "Models": "Die Modelle des Leitfadens.",
    "Roadmap": "Was noch zu tun und zu klären ist, Phase für Phase.",
    "RoadmapCounts": "Wie viel es ist.",
    "RoadmapPhase": "Was bis zum Ende einer Phase getan sein sollte.",
    "Step": "Eine Sache, die zu tun oder zu klären ist.",
    "StepFinding": "Ein Befund hinter einem Schritt.",
    "AdviceInfo": "Was zu tun ist: wer, bis zum Ende welcher Phase, mit welchem Aufwand.",
    "Because": "Ein Grund: eine Bedingung auf Deutsch, was bekannt ist, was verlangt wird, und ob sie gilt.",
    "CombinedAdvice": "Was mehrere Befunde zusammen bedeuten, woraus es folgt, und was zu tun ist.",
    "ConditionInfo": "Eine Bedingung, wie sie in der Regel steht, und auf Deutsch.",
    "Counts": "Wie viele Befunde welches Ergebnis haben.",
    "DeviationInfo": "Eine vereinbarte Abweichung; in_force ist false, wenn sie abgelaufen ist oder nicht "
    "gelten soll.",
    "DueCounts": "Befunde, die jetzt und die später fällig sind.",
    "ErrorItem": "Ein Fehler: feste Kennung, was falsch ist, und der Ort im Rumpf oder unter den Angaben.",
    "ExampleInfo": "Ein Beispiel; setup lässt sich so an check senden.",
    "EntryWords": "Wie die Einträge einer Liste heißen.",
    "Examples": "Beispiele, nach Veröffentlichungen oder erfunden (der Titel sagt es).",
    "Explanation": "Wie eine Regel oder ein Ratschlag zustande kommt, mit dem ganzen Weg.",
    "FactInfo": "Ein Fakt: eine Frage an die Planung, oder was aus anderen errechnet wird.",
    "Facts": "Alle Fakten nach Themen, in der Reihenfolge der Fragen.",
    "FieldInfo": "Ein Feld der Einträge einer Liste.",
    "FindingInfo": "Was eine Regel zur Planung sagt.",
    "FollowsFrom": "Ein Befund, aus dem ein Ratschlag folgt.",
    "Health": "Ob der Dienst lebt oder bereit ist.",
    "HintInfo": "Eine Möglichkeit, die der Leitfaden nennt; keine Pflicht, kein Ergebnis.",
    "Missing": "Was den Befund klären würde, und die Frage danach.",
    "OpenReason": "Warum ein Befund offen ist.",
    "ParameterInfo": "Ein Wert mit Datum, auf dem Regeln beruhen.",
    "ParameterList": "Alle Werte mit Datum.",
    "ParameterValue": "Ein Wert, wann er gilt und woher er kommt.",
    "PassageEntry": "Eine Passage des Leitfadens: wo sie steht, wie verbindlich sie ist, welche Regeln sie"
    " anführen.",
    "PassageInfo": "Eine angeführte Passage mit ihrer Seite.",
    "Passages": "Alle Passagen des Leitfadens.",
    "ProblemDetails": "Ein Fehler nach RFC 9457. type bleibt für immer gleich; errors nennt alles, was "
    "falsch ist.",
    "ProblemKind": "Eine Art von Problem.",
    "ProblemKinds": "Alle Arten von Problemen.",
    "QuickCheck": "Die Fragen des Schnell-Checks in ihrer Reihenfolge.",
    "QuickQuestion": "Eine Frage des Schnell-Checks; path ist der Schlüssel der Antwort in einer Planung.",
    "ReadingInfo": "Eine Lesart einer mehrdeutigen Angabe, mit der Rechnung.",
    "Report": "Die ganze Antwort auf eine Prüfung.",
    "RuleAdvice": "Was eine Regel vorschlägt.",
    "RuleBaseInfo": "Welche Regeln sprechen: Leitfaden, Version und Prüfsumme.",
    "RuleInfo": "Eine Regel: eine Empfehlung des Leitfadens oder ein Hinweis.",
    "Rules": "Regeln in der Reihenfolge des Leitfadens, und zurückgezogene mit ihrem Ersatz.",
    "SetupInfo": "Welche Planung geprüft wurde.",
    "Source": "Wo der Leitfaden es sagt.",
    "Summary": "Zahlen nach Ergebnis, Stärke und Abschnitt; nie eine einzige Note.",
    "Version": "Was läuft.",
}
