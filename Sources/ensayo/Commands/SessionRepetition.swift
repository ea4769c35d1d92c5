import Scenario
import Workshop

/// Replays sessions once more, and again in a fresh process, and compares what was on the screen after every line.
///
/// The sessions come in the opposite order, and a fresh process has other hash seeds: whatever depends on what ran
/// before, on threads or on the order of a hash table shows.
struct SessionRepetition {
    /// What was seen in a session, line by line, as text.
    typealias Trail = [SessionReplay.Sight]

    private let again: [Trail?]
    private let fresh: [Trail?]

    init(_ paths: [String], _ library: LessonLibrary) throws(Failure) {
        again = SessionBatch(paths.reversed(), library).replay().reversed().map { try? $0.get().trail }
        let output = try FreshProcess.output(["replay", "--trail"] + PackOptions.arguments + ["--"] + paths)
        var trails: [Trail?] = Array(repeating: nil, count: paths.count)
        for line in output.split(separator: "\n") {
            guard let (place, sight) = Self.sight(line), trails.indices.contains(place) else { continue }
            trails[place, default: []].append(sight)
        }
        fresh = trails
    }

    /// Whether a session was the same each time.
    func check(_ place: Int, _ first: SessionReplay.Result) -> SessionReplay.Check {
        let name = "the same twice (\(Counted(first.trail.count, "screen")))"
        let others = [("in this process", again[place]), ("in a fresh process", fresh[place])]
        for (whereabouts, trail) in others {
            guard let difference = Self.difference(first.trail, trail ?? []) else { continue }
            return SessionReplay.Check(line: 0, name: name, failure: "\(difference) \(whereabouts)")
        }
        return SessionReplay.Check(line: 0, name: name)
    }

    private static func difference(_ left: Trail, _ right: Trail) -> String? {
        for (one, other) in zip(left, right) where one != other {
            let place = one.line > 0 ? "after line \(one.line) (\(one.after))" : "at its start"
            if one.run != other.run {
                return "\(place) the run is another: \(one.run ?? "none"), and \(other.run ?? "none")"
            }
            return "\(place) the same run looks different"
        }
        return left.count == right.count ? nil : "\(left.count) screens, and \(right.count)"
    }

    // MARK: As text

    /// What a fresh process prints of one session.
    static func text(_ place: Int, _ trail: Trail) -> String {
        trail.map { sight in
            // What was done is named by the script, which both have.
            "\(place)\t\(sight.line)\t\(sight.screen)\t\(sight.run ?? "")\t\(sight.after)\n"
        }.joined()
    }

    private static func sight(_ line: Substring) -> (Int, SessionReplay.Sight)? {
        let parts = line.split(separator: "\t", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let place = Int(parts[0]), let number = Int(parts[1]) else { return nil }
        let run = parts[3].isEmpty ? nil : parts[3]
        return (place, SessionReplay.Sight(line: number, after: parts[4], screen: parts[2], run: run))
    }
}

extension [SessionRepetition.Trail?] {
    fileprivate subscript(place: Int, default none: SessionRepetition.Trail) -> SessionRepetition.Trail {
        get { self[place] ?? none }
        set { self[place] = newValue }
    }
}
