/// Frames and the times at which they were shown, for `asciinema play` and other players of asciicast files.
public struct Recording: Sendable {
    /// asciicast's format: 2 counts time from the start, 3 from the event before.
    public enum Version: Int, CaseIterable, Sendable {
        case v2 = 2
        case v3 = 3
    }

    private enum Event {
        case frame(Frame)
        case chapter(String)
    }

    public let title: String
    private var events: [(time: Duration, event: Event)] = []

    public init(title: String) { self.title = title }

    /// Adds a frame. Times count from the start and never go back: an earlier one counts as the last.
    public mutating func show(_ frame: Frame, at time: Duration) { add(.frame(frame), time) }

    /// Adds a marker that players jump to.
    public mutating func mark(_ chapter: String, at time: Duration) { add(.chapter(chapter), time) }

    private mutating func add(_ event: Event, _ time: Duration) {
        events.append((max(time, events.last?.time ?? .zero), event))
    }

    /// The file's text: a header, then a line an event. Its size is that of the largest frame: not every player can
    /// change it afterwards.
    public func asciicast(_ version: Version = .v2, theme: Theme, depth: ColourDepth = .truecolour) -> String {
        var painter = ANSIPainter(theme: theme, depth: depth)
        var size = largestSize
        var lines = [header(version, size, theme)]
        var previous = Duration.zero
        for (time, event) in events {
            var entries: [(code: String, data: String)] = []
            switch event {
            case .frame(let frame):
                if frame.size != size { entries.append(("r", "\(frame.size.width)x\(frame.size.height)")) }
                size = frame.size
                let bytes = painter.paint(frame)
                if !bytes.isEmpty { entries.append(("o", bytes)) }
            case .chapter(let label): entries.append(("m", label))
            }
            for entry in entries {
                let shown = Self.seconds(version == .v2 ? time : time - previous)
                lines.append("[\(shown), \"\(entry.code)\", \(Escape.json(entry.data))]")
                previous = time
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var largestSize: Size {
        var largest: Size?
        for case (_, .frame(let frame)) in events {
            let (known, size) = (largest ?? frame.size, frame.size)
            largest = Size(width: max(known.width, size.width), height: max(known.height, size.height))
        }
        return largest ?? Size(width: 80, height: 24)
    }

    private func header(_ version: Version, _ size: Size, _ theme: Theme) -> String {
        var colours = ""
        if let foreground = theme.page.foreground.hex, let background = theme.page.background.hex {
            let palette = (UInt8(0)..<16).compactMap { Colour.indexed($0).hex }.joined(separator: ":")
            colours = #"{"fg":"\#(foreground)","bg":"\#(background)","palette":"\#(palette)"}"#
        }
        let title = Escape.json(title)
        switch version {
        case .v2:
            let look = colours.isEmpty ? "" : #","theme":\#(colours)"#
            return #"{"version":2,"width":\#(size.width),"height":\#(size.height),"title":\#(title)\#(look)}"#
        case .v3:
            let look = colours.isEmpty ? "" : #","theme":\#(colours)"#
            return #"{"version":3,"term":{"cols":\#(size.width),"rows":\#(size.height)\#(look)},"title":\#(title)}"#
        }
    }

    /// Seconds with six decimals.
    private static func seconds(_ time: Duration) -> String {
        let (seconds, attoseconds) = time.components
        let micro = String(attoseconds / 1_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: 6 - micro.count) + micro
    }
}
