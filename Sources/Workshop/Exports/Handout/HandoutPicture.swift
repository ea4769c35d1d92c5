import Analysis
import TerminalKit
import Trace

/// The pictures of a handout.
enum HandoutPicture {
    /// As wide as a page takes, and as high as its panels need.
    static func size(_ panels: [PanelKind]) -> Size {
        let numbers = panels.count > 1 && panels.contains(.metrics) ? 4 : 0
        let pictures = panels.count - (numbers > 0 ? 1 : 0)
        return Size(width: 100, height: (pictures > 1 ? 36 : 22) + numbers)
    }

    static func make(_ picture: RunPicture, name: String) -> Handout.Picture {
        var picture = picture
        picture.hasBar = false
        let language = picture.language
        let shown = picture.context
        let titles = picture.panels.map { Panels.panel($0).title(shown) }
        let caption = [name, NumberText(language).moment(shown.cursor.time)] + titles
        // A diagram is of what has happened by then.
        let request = shown.request.flatMap { picture.panels.contains(.sequence) && shown.hasStarted($0) ? $0 : nil }
        let words = TraceWords(language == .english ? .english : .spanish)
        let options = TraceDiagram.Options(words: words, writesTimes: true, hasSymbols: false)
        return Handout.Picture(
            frame: picture.trimmedFrame, caption: caption.filter { !$0.isEmpty }.joined(separator: " · "),
            diagram: request.map {
                TraceDiagram(of: $0.id, in: picture.run.index, at: shown.cursor, options: options).text
            })
    }
}
