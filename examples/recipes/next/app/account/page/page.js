/** A page that is rendered when the application is built. */
export default function Page() {
  return <p>hello</p>;
}
