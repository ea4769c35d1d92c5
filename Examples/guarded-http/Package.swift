// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "guarded-http",
    dependencies: [.package(name: "ensayo", path: "../..")],
    targets: [
        .executableTarget(
            name: "guarded-http", dependencies: [.product(name: "Resilience", package: "ensayo")],
            swiftSettings: [.treatAllWarnings(as: .error)])
    ],
    swiftLanguageModes: [.v6]
)
