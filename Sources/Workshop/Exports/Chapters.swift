import Scenario
import Trace

extension [RunFilm.Chapter] {
    /// The marks of a scenario or a step as chapters, in order.
    public init(of marks: [Mark], _ language: Language) {
        self = marks.map { mark in
            RunFilm.Chapter(time: .zero.advanced(by: mark.at), title: mark.label(language))
        }.sorted { $0.time < $1.time }
    }
}
