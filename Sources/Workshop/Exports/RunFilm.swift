import TerminalKit
import Trace

/// A run played from one moment to another, for players of recordings. Its marks are chapters,
/// and so is its start.
public struct RunFilm: Sendable {
    public var from: VirtualTime
    public var to: VirtualTime
    /// Virtual seconds a second. More than 0.
    public var speed: Double

    /// A moment that players jump to.
    public struct Chapter: Hashable, Sendable {
        public var time: VirtualTime
        public var title: String

        public init(time: VirtualTime, title: String) {
            self.time = time
            self.title = title
        }
    }

    /// A whole run takes at most so long when nobody says how fast it is to be shown.
    private static let usualLength = 20.0

    public init(from: VirtualTime, to: VirtualTime, speed: Double? = nil) {
        self.from = from
        self.to = max(from, to)
        let seconds = Double(self.to.nanoseconds - from.nanoseconds) / 1e9
        self.speed = speed ?? max(Speed(nearest: seconds / Self.usualLength).factor ?? 1, 0.1)
    }

    /// Panels of the run. O(frames).
    public func recording(of picture: RunPicture, title: String, chapters: [Chapter]) -> Recording {
        var picture = picture
        return recording(title: title, chapters: chapters, language: picture.language) { moment in
            picture.time = moment
            return picture.frame
        }
    }

    /// A step of a lesson. O(frames).
    public func recording(of screen: LessonScreen, title: String) -> Recording {
        var screen = screen
        let language = screen.app.language
        let chapters = screen.app.lesson.map { [Chapter](of: $0.marks, language) } ?? []
        return recording(title: title, chapters: chapters, language: language) { moment in
            screen.seek(to: moment)
            return screen.frame
        }
    }

    private func recording(
        title: String, chapters: [Chapter], language: Language, _ frame: (VirtualTime) -> Frame
    ) -> Recording {
        var recording = Recording(title: title)
        let way = to.nanoseconds - from.nanoseconds
        let step = max(1, VirtualTime.milliseconds(SessionFilm.interval.milliseconds * speed).nanoseconds)
        var chapters = chapters.drop { $0.time < from }
        recording.mark(NumberText(language).moment(from), at: .zero)
        for number in 0...(way / step + (way % step == 0 ? 0 : 1)) {
            let moment = from.advanced(byNanoseconds: min(way, number * step))
            let wall = SessionFilm.interval * Int(number)
            while let chapter = chapters.first, chapter.time <= moment {
                recording.mark(chapter.title, at: wall)
                chapters.removeFirst()
            }
            recording.show(frame(moment), at: wall)
        }
        return recording
    }
}
