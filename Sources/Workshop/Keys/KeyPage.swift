import Scenario
import TerminalKit

/// The page of keys: what each does, those that belong together on one line.
enum KeyPage {
    struct Line: Sendable {
        var commands: [Command]
        var label: LocalizedText
        /// Keys that mean something else on other screens.
        var keys: String?

        init(_ commands: Command..., en: String, es: String) {
            self.commands = commands
            label = LocalizedText(en: en, es: es)
        }

        init(keys: String, en: String, es: String) {
            commands = []
            label = LocalizedText(en: en, es: es)
            self.keys = keys
        }

        func shownKeys(_ repertoire: GlyphRepertoire) -> String { keys ?? KeyMap.keys(commands, repertoire) }
    }

    struct Group: Sendable {
        var title: LocalizedText
        var lines: [Line]
    }

    /// What a student does in a lesson.
    static let student = [
        Group(
            title: LocalizedText(en: "Time", es: "Tiempo"),
            lines: [
                Line(.playPause, en: "play, pause", es: "reproducir, pausar"),
                Line(.back, .forward, en: "one event back, forward", es: "un evento atrás, adelante"),
                Line(.previousMark, .nextMark, en: "previous, next mark", es: "marca anterior, siguiente"),
                Line(.scrubBack, .scrubForward, en: "along the timeline", es: "por la línea de tiempo"),
                Line(.toStart, .toEnd, en: "to the start, the end", es: "al principio, al final"),
                Line(.goTo, en: "to a moment, an event", es: "a un momento, un evento"),
                Line(.slower, .faster, en: "slower, faster", es: "más lento, más rápido"),
            ]),
        Group(
            title: LocalizedText(en: "Panels", es: "Paneles"),
            lines: [
                Line(.nextPanel, en: "next panel (shift: back)", es: "otro panel (mayús: atrás)"),
                Line(.up, .down, en: "select in it", es: "seleccionar en él"),
                Line(.scrollDown, .scrollUp, en: "scroll what does not fit", es: "desplazar lo que no cabe"),
                Line(.zoom, en: "fill the screen with it", es: "a pantalla completa"),
                Line(.why, en: "why did this happen?", es: "¿por qué ha pasado?"),
                Line(.trueTimes, en: "true times, or the clocks'", es: "horas reales, o según relojes"),
            ]),
        Group(
            title: LocalizedText(en: "Changes at the cursor", es: "Cambios en el cursor"),
            lines: [
                Line(.nextControl, en: "next control", es: "control siguiente"),
                Line(.lower, .raise, en: "lower, raise it", es: "bajarlo, subirlo"),
                Line(.fault, en: "inject a fault", es: "provocar un fallo"),
                Line(.undo, .redo, en: "undo, redo", es: "deshacer, rehacer"),
                Line(.reset, en: "undo everything", es: "deshacer todo"),
                Line(.compare, en: "both futures, or one", es: "los dos futuros, o uno"),
                Line(.nextDifference, en: "to where they part", es: "a donde se separan"),
            ]),
        Group(
            title: LocalizedText(en: "Lesson", es: "Lección"),
            lines: [
                Line(.nextStep, .previousStep, en: "next, previous step", es: "paso siguiente, anterior"),
                Line(.pageDown, .pageUp, en: "turn the page", es: "pasar página"),
                Line(.hint, en: "a hint", es: "una pista"),
                Line(.confirm, en: "answer, check", es: "responder, comprobar"),
                Line(.watchIt, en: "watch it happen", es: "verlo en marcha"),
                Line(.solution, en: "one solution", es: "una solución"),
                Line(.outline, en: "all steps", es: "todos los pasos"),
                Line(.glossary, en: "what a word means", es: "qué significa una palabra"),
                Line(.sheet, en: "a finished lesson on a page", es: "lección terminada, en una hoja"),
            ]),
        workshop,
    ]

    static let workshop = Group(
        title: LocalizedText(en: "Workshop", es: "Taller"),
        lines: [
            Line(.record, en: "my answers: how they went", es: "mis respuestas: cómo fueron"),
            Line(.language, en: "español", es: "English"),
            Line(.help, en: "this page", es: "esta página"),
            Line(.close, en: "back", es: "volver"),
            Line(.quit, en: "leave", es: "salir"),
        ])
}
