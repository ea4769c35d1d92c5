import Scenario

/// What `include` has brought in so far, and from where: bounds what a file can pull in.
struct SessionInclusion {
    private static let mostDepth = 8
    /// Files in all: a few lines that include each other twice would double at every level.
    private static let mostFiles = 100

    /// Why a file cannot be included.
    struct Refusal: Error {
        var reason: String

        init(reason: String) { self.reason = reason }

        init(_ failure: KeyFiles.Failure) {
            reason =
                switch failure {
                case .missing: "there is no such file"
                case .tooLarge: SessionParser.notText
                case .outside: "the file lies outside of the session's folder"
                case .unreadable(let reason): "the file cannot be read: \(reason)"
                case .noFolder: "this session does not come from a folder"
                }
        }
    }

    /// A file to be read in the place of its line.
    struct File {
        var name: String
        var text: String
        var inclusion: SessionInclusion
    }

    private let files: KeyFiles
    /// From the session to the file that is being read: paths in the session's folder.
    private var chain: [String] = []
    private var count = 0

    init(files: KeyFiles) { self.files = files }

    /// Whether the session's own file is being read.
    var isOuter: Bool { chain.isEmpty }

    /// - Parameter file: the file in which the line stands, as problems call it.
    mutating func open(_ path: String, from file: String) -> Result<File, Refusal> {
        guard let place = Self.place(path, from: chain.last ?? "") else {
            return .failure(Refusal(reason: "an included file lies in the session's folder, or below it"))
        }
        if chain.contains(place) {
            let cycle = (chain.drop { $0 != place } + [place]).joined(separator: " → ")
            return .failure(Refusal(reason: "the files include each other: \(cycle)"))
        }
        if isOuter, place == Self.name(file) { return .failure(Refusal(reason: "the file includes itself")) }
        if chain.count >= Self.mostDepth {
            return .failure(Refusal(reason: "files include each other at most \(Self.mostDepth) deep"))
        }
        if count >= Self.mostFiles {
            return .failure(Refusal(reason: "a session includes at most \(Self.mostFiles) files"))
        }
        count += 1
        let bytes: [UInt8]
        switch files.contents(of: place) {
        case .success(let read): bytes = read
        case .failure(let failure): return .failure(Refusal(failure))
        }
        guard let text = SessionParser.text(of: bytes) else { return .failure(Refusal(reason: SessionParser.notText)) }
        var inner = self
        inner.chain.append(place)
        let root = isOuter ? file : rootName(of: file)
        return .success(File(name: Self.folder(root) + place, text: text, inclusion: inner))
    }

    /// A file that the session's head names.
    func bytes(_ path: String) -> Result<[UInt8], Refusal> {
        guard let place = Self.place(path, from: "") else {
            return .failure(Refusal(reason: "the file lies in the session's folder, or below it"))
        }
        return files.contents(of: place).mapError { Refusal($0) }
    }

    /// The files beside one that the session's head names, and below.
    func files(beside path: String) -> KeyFiles {
        let files = files
        let folder = Self.folder(path)
        return KeyFiles { files.contents(of: folder + $0) }
    }

    /// Goes on after an included file: what it brought in counts.
    mutating func take(_ inner: SessionInclusion) { count = inner.count }

    /// The session's own file, from the name of one that it includes.
    private func rootName(of file: String) -> String {
        chain.last.map { String(file.dropLast($0.count)) } ?? file
    }

    /// A path from a file as one from the session's folder; `nil`: it leads out of it.
    private static func place(_ path: String, from file: String) -> String? {
        guard !path.hasPrefix("/") else { return nil }
        var parts = file.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    /// The part of a path up to its last `/`.
    static func folder(_ file: String) -> String {
        file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    }

    private static func name(_ file: String) -> String { file.split(separator: "/").last.map(String.init) ?? file }
}
