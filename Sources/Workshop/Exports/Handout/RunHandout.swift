import Analysis
import TerminalKit
import Trace

/// Makes the handout of one run: what happened, in pictures, figures and charts.
public struct RunHandout {
    /// The panels of a run that nobody chose any for.
    public static let usualPanels: [PanelKind] = [.sequence, .trace, .topology, .metrics]

    private let picture: RunPicture
    private let name: String
    private let command: String

    /// - Parameters:
    ///   - picture: its panels, its moment, its language.
    ///   - command: what runs it again.
    public init(_ picture: RunPicture, name: String, command: String) {
        self.picture = picture
        self.name = name
        self.command = command
    }

    /// O(n).
    public func make() -> Handout {
        let language = picture.language
        let chapter = RunChapter(run: picture.run, title: name, language: language, command: command)
        var picture = picture
        // The request that says most about a run is the one that took longest.
        let slowest = RequestList(picture.run.index).slowest(1, at: picture.run.trace.lastCursor).first
        picture.request = picture.request ?? slowest?.id
        let pictures = picture.panels.map { kind -> Handout.Block in
            var one = picture
            one.panels = [kind]
            one.size = HandoutPicture.size([kind])
            return .picture(HandoutPicture.make(one, name: name))
        }
        return Handout(
            language: language, title: name,
            facts: [chapter.facts],
            sections: [
                Handout.Section(id: "run", title: HandoutWords.run(language), blocks: chapter.content + pictures)
            ])
    }
}
