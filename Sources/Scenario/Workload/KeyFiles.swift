/// The files of keys that a scenario names, read by someone who has a file system.
public struct KeyFiles: Sendable {
    /// Larger files are not read: 32 MiB, more than a million requests in either format.
    public static let largest = 32 << 20

    public enum Failure: Error, Hashable, Sendable {
        case missing
        case tooLarge
        /// A link leads out of the folder.
        case outside
        /// Anything else, in the system's words.
        case unreadable(String)
        /// The scenario does not come from a folder.
        case noFolder
    }

    /// A file's bytes by its path below the scenario's folder.
    let read: @Sendable (_ path: String) -> Result<[UInt8], Failure>

    /// - Parameter read: gives a file's bytes by its path, which is relative, has no `..` and is separated by `/`.
    ///   It must not leave the scenario's folder, nor read more than ``largest``.
    public init(read: @escaping @Sendable (_ path: String) -> Result<[UInt8], Failure>) { self.read = read }

    /// A file's bytes by its path below the folder.
    public func contents(of path: String) -> Result<[UInt8], Failure> { read(path) }

    /// No files: a scenario that stands alone.
    public static let none = KeyFiles { _ in .failure(.noFolder) }
}
