import Diagrams

/// A scenario file as read: its text, where each value stands, and changes made to it.
///
/// All ways to change a parameter (`--set`, a control, an intervention) go through ``setting(_:to:origin:)``, so that
/// every change meets the same checks as the file itself.
public struct ScenarioDocument: Sendable {
    public let scenario: Scenario
    let root: YAMLNode
    /// What the scenario is called when its file does not say.
    let defaultName: String
    let files: KeyFiles
    /// The keys read from files, by their paths: changes need not read them again.
    let keyFiles: [String: [String]]

    /// Reads a scenario. Throws ``ScenarioError`` with every problem found, each with its place.
    ///
    /// - Parameter files: the files of keys below the scenario's folder.
    public init(yaml: String, file: String, files: KeyFiles = .none) throws(ScenarioError) {
        let reader = YAMLReader()
        let root = reader.parse(yaml, file: file)
        try self.init(root, name: Self.name(of: file), reader: reader, files: files)
    }

    /// Reads a scenario from a file's bytes, which must be UTF-8 text of at most 1 MiB.
    public init(bytes: some Collection<UInt8>, file: String, files: KeyFiles = .none) throws(ScenarioError) {
        let reader = YAMLReader()
        let root = reader.parse(bytes: bytes, file: file)
        try self.init(root, name: Self.name(of: file), reader: reader, files: files)
    }

    /// Reads a scenario that is part of another file, such as a lesson; places stay those of that file.
    ///
    /// - Parameter tryingChanges: whether every value of every control and every intervention is tried, which reads the
    ///   scenario once for each: what a program that only shows it can leave to `lint`.
    public init(
        node: YAMLNode, name: String, files: KeyFiles = .none, tryingChanges: Bool = true
    ) throws(ScenarioError) {
        try self.init(node, name: name, reader: ScenarioReader(reader: YAMLReader(), files: files))
        if tryingChanges { try checkChanges() }
    }

    /// A scenario that is a diagram: Mermaid text, and perhaps a file that says more of the same system.
    ///
    /// - Parameters:
    ///   - file: what the diagram's file is called.
    ///   - latency: how long a participant works that calls nobody, when nothing else is said. `nil`: 50 ms.
    ///   - side: a scenario file whose keys count over the diagram's, by its name.
    public init(
        diagram text: String, file: String, latency: Duration? = nil, side: (bytes: [UInt8], file: String)? = nil,
        files: KeyFiles = .none
    ) throws(ScenarioError) {
        let reader = ScenarioReader(reader: YAMLReader(), files: files)
        let origin = DiagramOrigin(file: file, text: text)
        var own = YAMLNode(.mapping([]), mark: origin.mark(Position(line: 1, column: 1)))
        if let side {
            guard let root = reader.reader.parse(bytes: side.bytes, file: side.file) else {
                self = try reader.reader.finish(nil)
                return
            }
            own = root
        }
        if let second = own["diagram"] {
            reader.reader.report("there is a diagram already, \(SafeText.quoted(file))", at: second.mark)
        }
        let latency = latency ?? ScenarioReader.diagramLatency
        guard let (root, diagram) = reader.translated(origin, latency: latency, under: own) else {
            self = try reader.reader.finish(nil)
            return
        }
        try reader.reader.finish()
        try self.init(root, name: Self.name(of: file), reader: reader, diagram: diagram)
        try checkChanges()
    }

    private init(_ root: YAMLNode?, name: String, reader: YAMLReader, files: KeyFiles) throws(ScenarioError) {
        guard let root else {
            self = try reader.finish(nil)
            return
        }
        try self.init(root, name: name, reader: ScenarioReader(reader: reader, files: files))
        try checkChanges()
    }

    /// - Parameter diagram: the one that the scenario had before it was changed: its parts are in the root already.
    init(
        _ root: YAMLNode, name: String, reader: ScenarioReader, diagram: DiagramScenario? = nil
    ) throws(ScenarioError) {
        var reader = reader
        guard let (root, read) = reader.withDiagram(root) else {
            self = try reader.reader.finish(nil)
            return
        }
        var scenario = reader.scenario(root, name: name)
        scenario?.diagram = read ?? diagram
        self.scenario = try reader.reader.finish(scenario)
        self.root = root
        defaultName = name
        files = reader.files
        keyFiles = reader.keyFiles
    }

    /// The scenario as a YAML file of its own, its diagram translated. Reads back as the same scenario without one.
    public var yaml: String { root.document }

    /// The document with the value at `path` replaced by `value`, written as YAML: `backends.sql.latency.fixed`,
    /// `800ms`. Items of lists go by their place from 0, layers of policies by their name. Keys that the file leaves
    /// out can be set; names (a new backend) cannot be added.
    ///
    /// Throws ``ScenarioError``, its problems located in the line `path=value` of a file called `origin`.
    /// Cost: reading the scenario again from its nodes, without its text.
    public func setting(
        _ path: String, to value: String, origin: String = "--set"
    ) throws(ScenarioError) -> ScenarioDocument {
        let setting = Setting(path: path, value: value, origin: origin)
        var changed = root
        let reader = YAMLReader()
        try setting.apply(reader.finish(setting.node(reader)), to: &changed)
        do {
            let document = try ScenarioDocument(
                changed, name: defaultName,
                reader: ScenarioReader(reader: reader, change: setting, files: files, keyFiles: keyFiles),
                diagram: scenario.diagram)
            if ["controls", "interventions"].contains(setting.parts.first?.name) { try document.checkChanges() }
            return document
        } catch {
            throw setting.located(error)
        }
    }

    /// The value at `path` as it would be written in YAML: what the file says, or the default where there is one.
    /// `nil` when there is neither.
    public func value(at path: String) -> String? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return root.value(at: root.placed(parts)[...])?.written ?? Defaults.value(at: parts, in: scenario)
    }

    /// Checks that an intervention fits this scenario: its names, its values, its time.
    public func validated(
        _ intervention: Intervention, origin: String = Intervention.usualOrigin
    ) throws(ScenarioError) {
        let text = intervention.description
        let reader = YAMLReader()
        if let node = InterventionText(text, origin: origin).node(reader) {
            _ = ScenarioReader(reader: reader, scenario: scenario).intervention(node)
        }
        try reader.finish()
        _ = try applying(intervention, origin: origin)
    }

    /// The document after an intervention that sets a value; others leave it as it is.
    func applying(_ intervention: Intervention, origin: String) throws(ScenarioError) -> ScenarioDocument {
        guard case .set(let path, let value) = intervention.action else { return self }
        let setting = Setting(path: path, value: value, origin: origin)
        try setting.checkDuringRun()
        let changed = try self.setting(path, to: value, origin: origin)
        try setting.checkNames(from: scenario, to: changed.scenario)
        return changed
    }

    /// `orders` for `lessons/orders.yaml`.
    static func name(of file: String) -> String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        let stem = last.split(separator: ".", omittingEmptySubsequences: true).first.map(String.init)
        return stem ?? last
    }
}
