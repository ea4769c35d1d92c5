@main
struct Ensayo {
    static func main() { print("ensayo") }
}
