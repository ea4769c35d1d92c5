import Scenario
import TerminalKit

extension TerminalKit.Mark {
    /// What a sign means, for those that mean something by themselves.
    static func word(of sign: Character) -> LocalizedText? {
        words[sign]
    }

    private static let words = Dictionary(uniqueKeysWithValues: spokenMarks.map { (Glyphs.unicode[$0.mark], $0.word) })

    private static let spokenMarks: [(mark: TerminalKit.Mark, word: LocalizedText)] = [
        (.ok, LocalizedText(en: "ok", es: "bien")), (.failed, LocalizedText(en: "failed", es: "falló")),
        (.slow, LocalizedText(en: "slow", es: "lento")),
        (.timedOut, LocalizedText(en: "timed out", es: "tiempo agotado")),
        (.retried, LocalizedText(en: "retried", es: "reintento")),
        (.hedged, LocalizedText(en: "copy", es: "copia")), (.cached, LocalizedText(en: "cached", es: "de la caché")),
        (.rejected, LocalizedText(en: "rejected", es: "rechazada")), (.lost, LocalizedText(en: "lost", es: "perdida")),
        (.dirty, LocalizedText(en: "in memory only", es: "solo en memoria")),
        (.fault, LocalizedText(en: "fault", es: "fallo")),
    ]
}
