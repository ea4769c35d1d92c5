import Scenario

extension Words {
    static let together = LocalizedText(en: "We will learn", es: "Vamos a aprender")
    static let followAlong = LocalizedText(en: "Follow on your own terminal", es: "Síguelo en tu terminal")
    static let beginLesson = LocalizedText(en: "begin", es: "empezar")
    static let nearest = LocalizedText(en: "Which is nearest?", es: "¿Cuál se acerca más?")
    static let overTime = LocalizedText(en: "over", es: "pasado")
    static let demo = LocalizedText(en: "demo", es: "demo")
    static let demoOver = LocalizedText(en: "the demo is over", es: "la demo ha terminado")
    static let leaving = LocalizedText(en: "End the presentation?", es: "¿Terminar la presentación?")
    static let leavingText = LocalizedText(
        en: "Those who follow keep what they see, and can go on alone.",
        es: "Quienes te siguen conservan lo que ven y pueden seguir por su cuenta.")
    static let endIt = LocalizedText(en: "end it", es: "terminar")
    static let goOn = LocalizedText(en: "go on", es: "seguir")

    static let resuming = LocalizedText(en: "Go on where you were?", es: "¿Seguir donde estabas?")
    static let beginAnew = LocalizedText(en: "begin anew", es: "empezar de nuevo")

    static func resumingText(_ record: PresentationRecord, _ lesson: Lesson, _ language: Language) -> String {
        let standing = record.standing(in: lesson, language)
        return language.text(
            "This presentation broke off: \(standing).", "Esta presentación se interrumpió: \(standing).")
    }

    static func left(_ time: Duration) -> LocalizedText {
        LocalizedText(en: "\(time.clockText) left", es: "quedan \(time.clockText)")
    }

    static func overBy(_ time: Duration) -> LocalizedText {
        LocalizedText(en: "\(time.clockText) over", es: "\(time.clockText) de más")
    }

    static func handsAndAnswer(_ count: Int) -> LocalizedText {
        LocalizedText(en: "1-\(count) hands  enter answer", es: "1-\(count) manos  enter respuesta")
    }

    static func following(_ count: Int) -> LocalizedText {
        LocalizedText(en: "\(count) following", es: count == 1 ? "1 sigue" : "\(count) siguen")
    }
}

extension KeyPage {
    static let presenter = Group(
        title: LocalizedText(en: "Teaching", es: "Enseñar"),
        lines: [
            Line(keys: "pgdn pgup", en: "on by one thing, back (clicker)", es: "avanzar, volver (mando)"),
            Line(keys: "x", en: "play the demo on, or resume it", es: "seguir con la demo, o retomarla"),
            Line(keys: "1-9", en: "a fault; a hand for an answer", es: "un fallo; una mano para una respuesta"),
            Line(keys: "enter", en: "show the answer", es: "mostrar la respuesta"),
            Line(.black, en: "black screen; any key: back", es: "pantalla negra; una tecla: volver"),
            Line(.faultList, en: "the faults under 1-9", es: "los fallos de 1-9"),
            Line(.timer, en: "pause the timer, go on", es: "pausar el reloj, seguir"),
            Line(.zeroTimer, en: "timer to zero", es: "reloj a cero"),
        ])

    /// What an instructor does: their own keys first.
    static let teaching = [presenter] + student.without([.pageDown, .record])
}
