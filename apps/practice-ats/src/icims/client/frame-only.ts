/** A page of the frame that is opened by itself goes back to the page around it. */
if (window.top === window.self) {
  const address = new URL(location.href);
  address.searchParams.delete("in_iframe");
  location.replace(address);
}
