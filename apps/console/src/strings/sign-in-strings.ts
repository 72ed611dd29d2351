export const signInStrings = {
  welcome: "Applies for jobs on your behalf, honestly. Sign in to see and steer your applications.",
  again:
    "You are not signed in, or your login has ended. Sign in, and you are back where you were.",
  key: "Your API key",
  where:
    "On your own machine it stands in the file that `valet up` names. It is asked for once: this browser then keeps a login for 12 hours and not the key.",
  wrong:
    "This key is not known here, or not good any more. Copy the whole line from the file, or ask whoever runs this Valet for a new one.",
  open: "Sign in",
} as const;
