import { knownToken } from "../../api/session.ts";
import { CopyButton } from "../../shell/copy-button.tsx";

/** Commands that send a first line to this very server. What is copied holds the token of the sign-in link, if it is known. */
export function Senders({ service }: { service: string }) {
  const { origin } = location;
  const token = knownToken.value;
  const shown = token === undefined ? "YOUR_TOKEN" : "••••••";
  const commands = [
    {
      title: "A log file you have",
      about: "Apache, Nginx, JSON lines, logfmt, syslog or plain text: it is recognised.",
      text: (key: string) =>
        `curl -H "Authorization: Bearer ${key}" --data-binary @access.log ${origin}/ingest/${service}`,
    },
    {
      title: "One line",
      about: "Anything that can send HTTP can send a line.",
      text: (key: string) =>
        `curl -H "Authorization: Bearer ${key}" -d '{"level":"info","message":"hello","user_id":42}' ${origin}/ingest/${service}`,
    },
    {
      title: "A busy shop that does not exist",
      about: "In the project's folder: 200 realistic lines a second for a minute.",
      text: () => `npm run simulate -- --service ${service} --rate 200 --seconds 60`,
    },
  ];
  return (
    <ol class="senders">
      {commands.map(({ title, about, text }) => (
        <li key={title} class="panel">
          <header class="panel-head">
            <h2>{title}</h2>
            <CopyButton text={() => text(token ?? "YOUR_TOKEN")} label="Copy" />
          </header>
          <p class="faint">{about}</p>
          <pre class="command">
            <code>{text(shown)}</code>
          </pre>
        </li>
      ))}
      {token === undefined && (
        <li class="faint">
          YOUR_TOKEN is the one in the address that <code>npm start</code> printed, or the secret ADMIN_TOKEN of your
          deployment.
        </li>
      )}
    </ol>
  );
}
