import Analysis
import ArgumentParser
import Scenario
import Trace

/// Which part of a run is exported.
struct PartOptions: ParsableArguments {
    @Option(help: "One request, by its number, from 1.")
    var request: UInt32?

    @Option(parsing: .unconditional, help: ArgumentHelp("From this moment of the run on.", valueName: "time"))
    var from: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Up to this moment of the run.", valueName: "time"))
    var to: String?

    @Option(
        help: ArgumentHelp("These participants alone: clients, backends, caches, ...", valueName: "name,name"),
        transform: { $0.split(separator: ",").map(String.init) })
    var only: [String] = []

    @Option(help: "What csv holds: figures, requests, spans or events. Default: figures.")
    var table: ExportTable?

    /// The part of that run.
    func selection(in index: TraceIndex) throws(Failure) -> TraceSelection {
        var selection = TraceSelection()
        if let request { selection.request = try Self.known(request, in: index) }
        if let from = try Moment.read(from, option: "from") { selection.from = from }
        if let to = try Moment.read(to, option: "to") { selection.to = to }
        guard selection.from <= selection.to else { throw .badInput("--from", "it is after --to") }
        if !only.isEmpty { selection.components = try components(of: index.trace) }
        return selection
    }

    static func known(_ request: UInt32, in index: TraceIndex) throws(Failure) -> RequestID {
        if index.request(RequestID(request)) != nil { return RequestID(request) }
        throw .badInput("--request", "there is no request \(request): the run has \(index.requestCount)")
    }

    private func components(of trace: Trace) throws(Failure) -> Set<NameID> {
        let known = trace.components.map { trace.name($0.name) }
        var found = Set<NameID>()
        for name in only {
            guard known.contains(name), let id = trace.names.find(name) else {
                throw .unknown("--only", "participant", name, known: known)
            }
            found.insert(id)
        }
        return found
    }
}
