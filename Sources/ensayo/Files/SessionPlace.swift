import FoundationEssentials
import Glibc

/// A file that a session is to be written into.
enum SessionPlace {
    /// Throws ``Failure`` where something else than a session lies there: writing would lose it.
    ///
    /// - Parameter writer: what would write: `--record`.
    static func check(_ path: String, for writer: String) throws(Failure) {
        var info = stat()
        guard stat(path, &info) == 0 else { return try checkFolder(of: path) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw .badInput(path, "\(writer) writes a file, and this is none")
        }
        if info.st_size == 0 { return }
        do throws(Failure) { _ = try SessionBatch.script(path) } catch {
            throw .badInput(
                path, "this is no session that can be read, and \(writer) would write over it",
                "name another file, or remove this one")
        }
    }

    private static func checkFolder(of path: String) throws(Failure) {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let folder = String(path[..<slash])
        if !Installation.isFolder(folder) { throw .badInput(folder, "there is no such folder") }
    }
}
