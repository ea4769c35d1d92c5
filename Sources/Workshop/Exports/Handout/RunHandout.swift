import Analysis
import TerminalKit
import Trace

/// Makes the handout of one run: what happened, in pictures, figures and charts.
public struct RunHandout {
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
        let pictures = picture.panels.map { kind -> Handout.Block in
            var one = picture
            one.panels = [kind]
            one.size = HandoutPicture.size([kind])
            return .picture(HandoutPicture.make(one, name: name))
        }
        return Handout(
            language: language, title: name,
            facts: [chapter.facts],
            sections: [Handout.Section(id: "run", title: HandoutWords.run(language), blocks: chapter.content + pictures)])
    }
}
