/** The widgets of the gallery, for tests of other packages that look at a page. */
export { type GalleryWidget, galleryWidgets } from "./gallery-widgets.ts";
export { type Gallery, openGallery } from "./open-gallery.ts";
