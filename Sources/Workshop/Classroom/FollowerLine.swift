import Scenario
import TerminalKit

/// What stands at the top of a follower's screen: whose screen this is.
struct FollowerLine {
    var follower: FollowerState
    var state: LessonState
    var language: Language
    var glyphs: Glyphs

    var text: String {
        let separator = " \(glyphs.separator) "
        switch follower.status {
        case .live:
            let quiet = follower.quietSeconds.map { Words.noWord(for: $0)(language) }
            return ([Words.live(language), quiet].compactMap(\.self) + [state.lesson.title(language), place])
                .joined(separator: separator)
        case .detached(let since):
            let moment = since.map { NumberText(language, glyphs.repertoire).moment($0) }
            let back = follower.loss.map(Words.lost) ?? Words.backToLive
            return Words.onYourOwn(since: moment)(language) + separator + back(language)
        case .lost(let reason):
            return Words.lost(reason)(language) + separator + Words.onYourOwn(since: nil)(language)
        }
    }

    private var place: String {
        switch state.page {
        case .card: Words.card(language)
        case .summary: Words.summary(language)
        case .step(let index):
            Words.instructorIsAt(step: index + 1, of: state.lesson.steps.count)(language)
        }
    }

    /// What a follower can do. `nil`: whatever a student can.
    func hints(hasMoreText: Bool) -> [KeyHint]? {
        guard follower.isLive else { return nil }
        let more = hasMoreText ? [KeyHint("pgdn", Words.moreText(language), importance: 2)] : []
        func hint(_ command: Command, _ label: LocalizedText, _ importance: Int) -> KeyHint {
            KeyHint(KeyMap.keys([command], glyphs.repertoire), label(language), importance: importance)
        }
        return more + [
            hint(.detach, Words.exploreAlone, 5), hint(.language, Words.otherLanguage, 1),
            hint(.help, Words.keysHint, 4), hint(.close, Words.leave, 3),
        ]
    }
}

extension Words {
    static let live = LocalizedText(en: "live", es: "en directo")
    static let exploreAlone = LocalizedText(
        en: "explore from here on your own", es: "explora desde aquí por tu cuenta")
    static let moreText = LocalizedText(en: "more text", es: "más texto")
    static let screenIsBlack = LocalizedText(
        en: "The presenter's screen is dark for a moment.", es: "La pantalla de quien presenta está a oscuras.")

    static func lost(_ loss: FollowerState.Loss) -> LocalizedText {
        switch loss {
        case .connection:
            LocalizedText(en: "the connection is lost, trying again", es: "se perdió la conexión, reintentando")
        case .ended: LocalizedText(en: "the presentation is over", es: "la presentación ha terminado")
        }
    }

    static func noWord(for seconds: Int) -> LocalizedText {
        LocalizedText(en: "no word for \(seconds) s", es: "sin noticias desde hace \(seconds) s")
    }

    static func instructorIsAt(step: Int, of count: Int) -> LocalizedText {
        LocalizedText(
            en: "step \(step) of \(count)", es: "paso \(step) de \(count)")
    }

    static func onYourOwn(since moment: String?) -> LocalizedText {
        guard let moment else { return LocalizedText(en: "on your own", es: "por tu cuenta") }
        return LocalizedText(en: "on your own since \(moment)", es: "por tu cuenta desde \(moment)")
    }

    static let backToLive = LocalizedText(en: "D: back to the live session", es: "D: volver a la sesión en directo")
}

extension KeyPage {
    static let follower = Group(
        title: LocalizedText(en: "Following", es: "Seguir a otra persona"),
        lines: [Line(.detach, en: "on your own from here, and back", es: "por tu cuenta desde aquí, y volver")])
}
