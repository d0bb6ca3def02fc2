import { useState } from "preact/hooks";
import { signIn } from "../../api/session.ts";
import { Mark } from "../../icons/icon.tsx";

/** Asks for the token; shown whenever the server answers that there is no session. */
export function SignIn() {
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setAsking(true);
    setProblem(await signIn(token.trim()));
    setAsking(false);
  };
  return (
    <main class="sign-in">
      <form class="panel" onSubmit={submit}>
        <p class="sign-in-brand">
          <Mark size={30} /> Weir
        </p>
        <h1>Sign in</h1>
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          autoComplete="current-password"
          required
          value={token}
          aria-invalid={problem !== undefined}
          aria-describedby="token-help"
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        {problem && (
          <p class="bad" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="button primary" disabled={isAsking || token.trim() === ""}>
          {isAsking ? "Signing in …" : "Sign in"}
        </button>
        <p id="token-help" class="faint">
          <code>npm start</code> prints an address that signs you in. The token itself is <code>ADMIN_TOKEN</code> in{" "}
          <code>.dev.vars</code>, or the secret of that name where Weir is deployed.
        </p>
      </form>
    </main>
  );
}
