import { useState } from "react";

/** Every tenant's first page; only an account leads on from here. */
export function AccountPage() {
  const [isNew, setNew] = useState(true);
  const [message, setMessage] = useState("");
  const action = isNew ? "Create Account" : "Sign In";
  return (
    <div data-automation-id="signInContent">
      <h2>{action}</h2>
      {message !== "" && (
        <div role="alert" data-automation-id="errorMessage" className="wd-error">
          {message}
        </div>
      )}
      <form
        noValidate
        data-automation-id="signInFormo"
        onSubmit={(event) => event.preventDefault()}
      >
        <div data-automation-id="formField-email">
          <label htmlFor="account-email">Email Address*</label>
          <input id="account-email" type="text" data-automation-id="email" autoComplete="email" />
        </div>
        <div data-automation-id="formField-password">
          <label htmlFor="account-password">Password*</label>
          <input id="account-password" type="password" data-automation-id="password" />
        </div>
        {isNew && (
          <div data-automation-id="formField-verifyPassword">
            <label htmlFor="account-verify">Verify New Password*</label>
            <input id="account-verify" type="password" data-automation-id="verifyPassword" />
          </div>
        )}
        <div className="wd-away">
          <label htmlFor="account-website">Enter website. This input is for robots only.</label>
          <input
            id="account-website"
            type="text"
            name="website"
            data-automation-id="beecatcher"
            data-practice="honeypot-website"
            tabIndex={-1}
          />
        </div>
        <FilteredButton
          words={action}
          mark={isNew ? "createAccountSubmitButton" : "signInSubmitButton"}
          onPress={() => setMessage("We could not find this account.")}
        />
      </form>
      <button type="button" data-automation-id="signInLink" onClick={() => setNew(!isNew)}>
        {isNew ? "Sign In" : "Create Account"}
      </button>
    </div>
  );
}

interface FilteredButtonProps {
  readonly words: string;
  readonly mark: string;
  readonly onPress: () => void;
}

/** A button that no pointer reaches: what lies over it takes the press. */
export function FilteredButton({ words, mark, onPress }: FilteredButtonProps) {
  return (
    <div className="wd-filtered">
      <button type="button" data-automation-id={mark} tabIndex={-2} aria-hidden="true">
        {words}
      </button>
      <div
        role="button"
        tabIndex={0}
        aria-label={words}
        data-automation-id="click_filter"
        onClick={onPress}
      />
    </div>
  );
}
