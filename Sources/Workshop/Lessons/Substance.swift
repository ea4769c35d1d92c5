import Analysis
import Scenario

/// How much a run does: what a challenge must not win by leaving out.
struct Substance: Sendable {
    /// Sent by the clients.
    var requests: Int
    /// Answered well and in full: without a fallback.
    var answers: Int
    /// To each service, a pool being one.
    var calls: [(service: String, count: Int)]

    init(requests: Int, answers: Int, calls: [(service: String, count: Int)]) {
        self.requests = requests
        self.answers = answers
        self.calls = calls
    }

    /// O(components · log n).
    init(_ index: TraceIndex, _ scenario: Scenario) {
        let metrics = RunMetrics.over(index)
        requests = metrics.clients.reduce(0) { $0 + $1.requests }
        answers = metrics.flows.reduce(0) { $0 + $1.ok - $1.degraded }
        calls = scenario.backends.map { backend in
            let names = [backend.name] + (backend.pool?.servers.map(\.backend.name) ?? [])
            return (backend.name, names.reduce(0) { $0 + (metrics.backend($1)?.calls ?? 0) })
        }
    }
}

/// Why goals that are reached do not count: the system was spared its work, not made better at it.
///
/// The student's run is held against the untouched one of the same seed. It must send 90 % of its requests, answer half
/// as many of them in full (well, and without a fallback) and at least one, and call every service that the other one
/// calls. A challenge that is about one of these says so: `allows: [ load ]`.
public enum TrivialPass: Hashable, Sendable {
    case requests(sent: Int, of: Int)
    case answers(full: Int, of: Int)
    case calls(service: String)

    /// What a challenge may allow.
    public enum Allowance: String, CaseIterable, Hashable, Sendable {
        case load, answers, calls
    }

    static let leastRequests = 0.9
    static let leastAnswers = 0.5

    init?(_ run: Substance, untouched: Substance, allowing allowances: Set<Allowance>) {
        let missing = zip(run.calls, untouched.calls).first { $0.count == 0 && $1.count > 0 }
        let leastAnswers = max(Self.leastAnswers * Double(untouched.answers), untouched.requests > 0 ? 1 : 0)
        if !allowances.contains(.load), Double(run.requests) < Self.leastRequests * Double(untouched.requests) {
            self = .requests(sent: run.requests, of: untouched.requests)
        } else if !allowances.contains(.calls), let missing {
            self = .calls(service: missing.0.service)
        } else if !allowances.contains(.answers), Double(run.answers) < leastAnswers {
            self = .answers(full: run.answers, of: run.requests)
        } else {
            return nil
        }
    }

    /// `of 300 requests only 12 went out`.
    public func phrase(_ language: Language) -> String {
        let text =
            switch self {
            case .requests(let sent, let all):
                LocalizedText(
                    en: "of \(all) requests only \(sent) went out: less load is no cure here",
                    es: "de \(all) peticiones solo \(sent == 1 ? "se envió" : "se enviaron") \(sent): "
                        + "aquí no vale quitar carga")
            case .calls(let service):
                LocalizedText(
                    en: "nobody called \(service): its work was left out",
                    es: "nadie llamó a \(service): se ha dejado fuera su trabajo")
            case .answers(let full, let all):
                LocalizedText(
                    en: "of \(all) requests only \(full) got a full answer: the others were turned away or fobbed off",
                    es: "de \(all) peticiones solo \(full) \(full == 1 ? "tuvo" : "tuvieron") una respuesta completa: "
                        + "el resto se rechazó o recibió una alternativa")
            }
        return text(language)
    }
}

extension LessonRuns {
    /// Why settings that reach the goals of a challenge do not count, with any of its seeds.
    func trivialPass(
        _ settings: [Setting], in challenge: Challenge, of step: LessonStep
    ) throws(LessonRunError) -> TrivialPass? {
        let name = step.stage.scenario
        for seed in 0..<UInt64(challenge.seeds) {
            let untouched = Substance(
                try index(name, [], seedOffset: seed), try document(name).scenario)
            let run = Substance(
                try index(name, settings, seedOffset: seed), try document(name, settings: settings).scenario)
            if let trivial = TrivialPass(run, untouched: untouched, allowing: challenge.allowances) { return trivial }
        }
        return nil
    }
}
